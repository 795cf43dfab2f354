import type { LocationUser } from '@winesap/api';
import type { Columns } from '../edge/columns.ts';

export const USER_COLUMNS: Columns<LocationUser> = [
  ['clientUserId', (one) => one.clientUserId],
  ['status', (one) => one.status],
  ['email', (one) => one.email],
  ['licenses', (one) => one.licenses],
];
