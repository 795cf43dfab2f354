import type { Release } from '@winesap/api';
import { columns, ID } from '../edge/columns.ts';

export const RELEASE_COLUMNS = columns<Release>()(
  [
    ['requestedAt', (one) => one.requestedAt],
    ['requestedBy', (one) => one.requestedBy],
    ['adamId', (one) => one.adamId],
    ['pricingParam', (one) => one.pricingParam],
    ['name', (one) => one.assetName],
    ['kind', (one) => one.kind],
    ['holder', (one) => one.holder],
    ['state', (one) => one.state],
    ['text', (one) => one.text],
    ['appleSaid', (one) => one.failure?.apple?.line],
    ['finishedAt', (one) => one.finishedAt],
  ],
  {
    id: ID,
    tokenId: ID,
    uId: 'not: the same in every line',
    assetName: 'name',
    failure: 'appleSaid',
    eventId: 'not: Apple’s id',
    sentAt: 'not: a moment after it was requested',
    acceptedAt: 'not: a moment after it was sent',
  },
);
