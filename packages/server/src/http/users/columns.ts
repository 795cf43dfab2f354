import type { LocationUser } from '@winesap/api';
import { columns } from '../edge/columns.ts';

export const USER_COLUMNS = columns<LocationUser>()(
  [
    ['clientUserId', (one) => one.clientUserId],
    ['status', (one) => one.status],
    ['email', (one) => one.email],
    ['licenses', (one) => one.licenses],
  ],
  { isActive: 'status' },
);
