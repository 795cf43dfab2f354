import type { Release } from '@winesap/api';

export const RELEASE_COLUMNS = [
  'requestedAt',
  'requestedBy',
  'adamId',
  'pricingParam',
  'name',
  'kind',
  'holder',
  'state',
  'text',
  'appleSaid',
  'finishedAt',
];

export function releaseCells(release: Release): unknown[] {
  return [
    release.requestedAt,
    release.requestedBy,
    release.adamId,
    release.pricingParam,
    release.assetName,
    release.kind,
    release.holder,
    release.state,
    release.text,
    release.failure?.apple?.line,
    release.finishedAt,
  ];
}
