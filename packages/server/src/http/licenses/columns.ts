import type { Asset, AssetDay, Holding, LocatedAsset, LocationRef } from '@winesap/api';
import { type Columns, columns, columnsOf, ID } from '../edge/columns.ts';

/** Unlimited is a word, because a number could end up in a sum. Unknown is empty. */
export const ASSET_COLUMNS = columns<Asset>()(
  [
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
  ],
  {
    deviceAssignable: 'not: only matters to a program that assigns',
    discrepancy: 'inQuestion',
    goneAt: 'not: gone says whether',
    iconUrl: 'not: a picture',
    unlimited: 'total',
    revocable: 'not: only matters to a program that assigns',
  },
);

const LOCATION_COLUMNS = columns<LocationRef>()(
  [
    ['organization', (one) => one.organizationName],
    ['location', (one) => one.locationName],
    ['uId', (one) => one.uId],
  ],
  {
    locationName: 'location',
    tokenId: ID,
    organizationId: ID,
    organizationName: 'organization',
    policyId: ID,
    policyName: 'not: the location is the row',
  },
);
const ofLocation = columnsOf((one: { location: LocationRef }) => one.location, LOCATION_COLUMNS);

export const LOCATED_ASSET_COLUMNS: Columns<LocatedAsset> = [...ofLocation, ...ASSET_COLUMNS];

export const DAY_COLUMNS = columns<AssetDay>()(
  [
    ['day', (one) => one.day],
    ['readAt', (one) => one.readAt],
    ['total', (one) => (one.unlimited ? 'unlimited' : one.total)],
    ['assigned', (one) => one.assigned],
    ['available', (one) => (one.unlimited ? 'unlimited' : one.available)],
    ['retired', (one) => one.retired],
    ['gone', (one) => one.gone],
  ],
  { unlimited: 'total' },
);

export const HOLDING_COLUMNS = columns<Holding>()(
  [
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
  ],
  { iconUrl: 'not: a picture', user: 'userStatus' },
);

/** A holder in an export. */
export interface HolderLine {
  kind: 'device' | 'user';
  holder: string;
  user: { status: string; email: string | null } | undefined;
}

export const HOLDER_COLUMNS = columns<HolderLine>()(
  [
    ['kind', (one) => one.kind],
    ['holder', (one) => one.holder],
    ['userStatus', (one) => one.user?.status],
    ['email', (one) => one.user?.email],
  ],
  { user: 'userStatus' },
);

export interface AssignmentLine extends HolderLine {
  asset: { adamId: string; pricingParam: string; name: string | null } | undefined;
}

export const ASSIGNMENT_COLUMNS = columns<AssignmentLine>()(
  [
    ['adamId', (one) => one.asset?.adamId],
    ['pricingParam', (one) => one.asset?.pricingParam],
    ['name', (one) => one.asset?.name],
    ...HOLDER_COLUMNS,
  ],
  { asset: 'name', user: 'userStatus' },
);
