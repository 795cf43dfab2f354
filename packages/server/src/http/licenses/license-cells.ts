import type { Asset, AssetDay, Holding, LocatedAsset, LocationRef, Scan } from '@winesap/api';

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
  'inQuestion',
  'inQuestionSince',
  'low',
  'lowSince',
  'gone',
  'readAt',
];

/** Unlimited is a word: a number would be added up by somebody. What isn't known is empty. */
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
    asset.discrepancy?.about,
    asset.discrepancy?.since,
    asset.low.isLow,
    asset.low.since,
    asset.gone,
    asset.readAt,
  ];
}

const LOCATION_COLUMNS = ['organization', 'location', 'uId'];
const locationCells = ({ organizationName, locationName, uId }: LocationRef) => [organizationName, locationName, uId];

export const LOCATED_ASSET_COLUMNS = [...LOCATION_COLUMNS, ...ASSET_COLUMNS];

export function locatedAssetCells(asset: LocatedAsset): unknown[] {
  return [...locationCells(asset.location), ...assetCells(asset)];
}

export const DAY_COLUMNS = ['day', 'readAt', 'total', 'assigned', 'available', 'retired', 'gone'];

export function dayCells(day: AssetDay): unknown[] {
  const { unlimited, total, available } = day;
  return [
    day.day,
    day.readAt,
    unlimited ? 'unlimited' : total,
    day.assigned,
    unlimited ? 'unlimited' : available,
    day.retired,
    day.gone,
  ];
}

export const HOLDING_COLUMNS = [
  ...LOCATION_COLUMNS,
  'adamId',
  'pricingParam',
  'name',
  'productType',
  'kind',
  'holder',
  'userStatus',
  'email',
  'revocable',
  'readAt',
];

export function holdingCells(holding: Holding): unknown[] {
  return [
    ...locationCells(holding.location),
    holding.adamId,
    holding.pricingParam,
    holding.name,
    holding.productType,
    holding.kind,
    holding.holder,
    holding.user?.status,
    holding.user?.email,
    holding.revocable,
    holding.readAt,
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
  'discrepancy',
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
    scan.discrepancy?.text,
    scan.failure?.text,
  ];
}
