import type { Asset, Scan } from '@winesap/api';

export const ASSET_COLUMNS = [
  'adamId',
  'pricingParam',
  'name',
  'bundleId',
  'productType',
  'platforms',
  'total',
  'assigned',
  'available',
  'retired',
  'low',
  'lowSince',
  'gone',
  'readAt',
];

/** Unlimited is a word: a number would be added up by somebody. */
export function assetCells(asset: Asset): unknown[] {
  return [
    asset.adamId,
    asset.pricingParam,
    asset.name,
    asset.bundleId,
    asset.productType,
    asset.platforms.join(' '),
    asset.unlimited ? 'unlimited' : asset.total,
    asset.assigned,
    asset.unlimited ? 'unlimited' : asset.available,
    asset.retired,
    asset.low.isLow,
    asset.low.since,
    asset.gone,
    asset.readAt,
  ];
}

export const SCAN_COLUMNS = [
  'queuedAt',
  'reason',
  'state',
  'seconds',
  'kind',
  'requests',
  'assets',
  'assignments',
  'assetsNew',
  'assetsGone',
  'countsChanged',
  'assigned',
  'givenBack',
  'failure',
];

export function scanCells(scan: Scan): unknown[] {
  return [
    scan.queuedAt,
    scan.reason,
    scan.state,
    scan.seconds,
    scan.kind,
    scan.requests,
    scan.assets.done,
    scan.assignments.done,
    scan.changes?.assetsAdded,
    scan.changes?.assetsGone,
    scan.changes?.countsChanged,
    scan.changes?.assigned,
    scan.changes?.unassigned,
    scan.failure?.text,
  ];
}
