import type { Asset, AssetDay, Holding, LocatedAsset, LocationRef } from '@winesap/api';
import { type Columns, columnsOf } from '../edge/columns.ts';

/** Unlimited is a word: a number would be added up by somebody. What isn't known is empty. */
export const ASSET_COLUMNS: Columns<Asset> = [
  ['adamId', (one) => one.adamId],
  ['pricingParam', (one) => one.pricingParam],
  ['name', (one) => one.name],
  ['bundleId', (one) => one.bundleId],
  ['productType', (one) => one.productType],
  ['platforms', (one) => one.platforms.join(' ')],
  ['total', (one) => (one.unlimited ? 'unlimited' : one.total)],
  ['assigned', (one) => one.assigned],
  ['available', (one) => (one.unlimited ? 'unlimited' : one.available)],
  ['retired', (one) => one.retired],
  ['inQuestion', (one) => one.discrepancy?.about],
  ['inQuestionSince', (one) => one.discrepancy?.since],
  ['low', (one) => one.low.isLow],
  ['lowSince', (one) => one.low.since],
  ['gone', (one) => one.gone],
  ['readAt', (one) => one.readAt],
];

const LOCATION_COLUMNS: Columns<LocationRef> = [
  ['organization', (one) => one.organizationName],
  ['location', (one) => one.locationName],
  ['uId', (one) => one.uId],
];
const ofLocation = columnsOf((one: { location: LocationRef }) => one.location, LOCATION_COLUMNS);

export const LOCATED_ASSET_COLUMNS: Columns<LocatedAsset> = [...ofLocation, ...ASSET_COLUMNS];

export const DAY_COLUMNS: Columns<AssetDay> = [
  ['day', (one) => one.day],
  ['readAt', (one) => one.readAt],
  ['total', (one) => (one.unlimited ? 'unlimited' : one.total)],
  ['assigned', (one) => one.assigned],
  ['available', (one) => (one.unlimited ? 'unlimited' : one.available)],
  ['retired', (one) => one.retired],
  ['gone', (one) => one.gone],
];

export const HOLDING_COLUMNS: Columns<Holding> = [
  ...ofLocation,
  ['adamId', (one) => one.adamId],
  ['pricingParam', (one) => one.pricingParam],
  ['name', (one) => one.name],
  ['productType', (one) => one.productType],
  ['kind', (one) => one.kind],
  ['holder', (one) => one.holder],
  ['userStatus', (one) => one.user?.status],
  ['email', (one) => one.user?.email],
  ['revocable', (one) => one.revocable],
  ['readAt', (one) => one.readAt],
];

/** A holder as an export tells of it. */
export interface HolderLine {
  kind: 'device' | 'user';
  holder: string;
  user: { status: string; email: string | null } | undefined;
}

export const HOLDER_COLUMNS: Columns<HolderLine> = [
  ['kind', (one) => one.kind],
  ['holder', (one) => one.holder],
  ['userStatus', (one) => one.user?.status],
  ['email', (one) => one.user?.email],
];

export interface AssignmentLine extends HolderLine {
  asset: { adamId: string; pricingParam: string; name: string | null } | undefined;
}

export const ASSIGNMENT_COLUMNS: Columns<AssignmentLine> = [
  ['adamId', (one) => one.asset?.adamId],
  ['pricingParam', (one) => one.asset?.pricingParam],
  ['name', (one) => one.asset?.name],
  ...HOLDER_COLUMNS,
];
