import { catalogEntry } from '../catalog.ts';
import type { Location } from '../location.ts';
import type { World } from '../world.ts';
import { type Asset, availableOf, type PricingParam, type ProductType, UNLIMITED } from './asset.ts';

export interface Purchase {
  readonly adamId: string;
  readonly pricingParam?: PricingParam | undefined;
  readonly productType?: ProductType | undefined;
  readonly quantity?: number | undefined;
  readonly unlimited?: boolean | undefined;
  readonly name?: string | undefined;
  readonly supportedPlatforms?: readonly string[] | undefined;
  readonly deviceAssignable?: boolean | undefined;
  readonly revocable?: boolean | undefined;
  /** A custom app of the organization. */
  readonly custom?: boolean | undefined;
}

/** Buys, or with a negative quantity refunds. Gives the asset, or the sentence why not. Tells subscribers (ASSET_COUNT). */
export function purchase(world: World, location: Location, wanted: Purchase): Asset | string {
  const pricingParam = wanted.pricingParam ?? 'STDQ';
  const quantity = wanted.quantity ?? (wanted.unlimited === undefined ? 1 : 0);
  const known = location.assets.find(wanted.adamId, pricingParam);
  if (quantity < 0) {
    if (known === undefined) return `there is no ${wanted.adamId} ${pricingParam} to refund`;
    if (!known.unlimited && availableOf(known) < -quantity) {
      return `only ${availableOf(known)} licenses of ${wanted.adamId} are unassigned; assigned ones cannot be refunded`;
    }
  }
  if (known !== undefined && known.total + quantity > UNLIMITED - 1) return 'more licenses than a count can hold';
  const asset = known ?? newAsset(world, location, wanted, pricingParam);
  asset.total += quantity;
  if (wanted.unlimited !== undefined) {
    // Back to a fixed inventory: what is in use stays owned.
    if (asset.unlimited && !wanted.unlimited) asset.total = Math.max(asset.total, asset.assigned + asset.retired);
    if (asset.unlimited !== wanted.unlimited && world.settings.unknowns.unlimitedAssetNotification) {
      world.notify(location, 'UNLIMITED_ASSET', { adamId: asset.adamId, pricingParam });
    }
    asset.unlimited = wanted.unlimited;
  }
  location.versions.bump('assets');
  if (quantity !== 0) {
    world.notify(location, 'ASSET_COUNT', { adamId: asset.adamId, pricingParam, countDelta: quantity });
  }
  return asset;
}

function newAsset(world: World, location: Location, wanted: Purchase, pricingParam: PricingParam): Asset {
  const listed = catalogEntry(wanted.adamId, wanted.productType, wanted.name);
  const entry = wanted.custom === true ? { ...listed, custom: true } : listed;
  world.catalog.keep(entry);
  const productType = wanted.productType ?? entry.productType;
  return location.assets.add({
    adamId: wanted.adamId,
    pricingParam,
    productType,
    total: 0,
    unlimited: false,
    deviceAssignable: wanted.deviceAssignable ?? productType === 'App',
    revocable: wanted.revocable ?? productType === 'App',
    supportedPlatforms: wanted.supportedPlatforms ?? entry.supportedPlatforms,
  });
}

/** Moves unassigned licenses to another location of the same organization. Gives nothing, or the sentence why not. */
export function transfer(
  world: World,
  from: Location,
  to: Location,
  adamId: string,
  pricingParam: PricingParam,
  quantity: number,
): string | undefined {
  const asset = from.assets.find(adamId, pricingParam);
  if (from === to) return 'a location cannot transfer to itself';
  if (from.organization !== to.organization) return 'licenses can be transferred inside one organization only';
  if (asset === undefined) return `there is no ${adamId} ${pricingParam} at ${from.uId}`;
  if (asset.unlimited) return 'unlimited assets cannot be transferred';
  if (availableOf(asset) < quantity) {
    return `only ${availableOf(asset)} licenses of ${adamId} are unassigned; assigned ones cannot be transferred`;
  }
  purchase(world, from, { adamId, pricingParam, quantity: -quantity });
  const { productType, supportedPlatforms, deviceAssignable, revocable } = asset;
  purchase(world, to, { adamId, pricingParam, quantity, productType, supportedPlatforms, deviceAssignable, revocable });
  return undefined;
}
