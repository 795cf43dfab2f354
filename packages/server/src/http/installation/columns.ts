import type { Event } from '@winesap/api';
import { columns, ID } from '../edge/columns.ts';

export const EVENT_COLUMNS = columns<Event>()(
  [
    ['at', (one) => one.at],
    ['level', (one) => one.level],
    ['receiverType', (one) => one.receiverType],
    ['receiver', (one) => one.receiverName],
    ['organization', (one) => one.organizationName],
    ['policy', (one) => one.policyName],
    ['code', (one) => one.code],
    ['text', (one) => one.text],
    ['appleNumber', (one) => one.apple?.errorNumber],
    ['appleSaid', (one) => one.apple?.line],
    ['actor', (one) => one.actor],
    ['requestId', (one) => one.requestId],
  ],
  {
    id: ID,
    receiverName: 'receiver',
    apple: 'appleSaid',
    organizationId: ID,
    organizationName: 'organization',
    policyId: ID,
    policyName: 'policy',
    tokenId: ID,
    tokenRemoved: 'not: only matters to a link',
    data: 'not: the text says it',
  },
);
