import type { Release } from '@winesap/api';
import type { Columns } from '../edge/columns.ts';

export const RELEASE_COLUMNS: Columns<Release> = [
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
];
