import { type Asset, availableOf, type PricingParam, type ProductType, UNLIMITED } from '../../world/assets/asset.ts';
import { pageOf, shownOf } from '../paging.ts';
import { booleanParameter, choiceParameter, intParameter, textParameter } from '../query.ts';
import type { TokenCall } from '../request.ts';

const PRICING: readonly PricingParam[] = ['STDQ', 'PLUS'];
const PRODUCTS: readonly ProductType[] = ['App', 'Book'];

/** Assets with counts. Limited and unlimited ones share the pages; `unlimited` tells whether and where the latter show. */
export function getAssets(call: TokenCall): string {
  const { location, world } = call;
  const { query } = call.request;
  const { unlimitedAvailable, unlimitedInSize } = world.settings.unknowns;
  const availableFor = (asset: Asset) =>
    asset.unlimited && unlimitedAvailable === 'unlimited' ? UNLIMITED : availableOf(asset);
  const unlimited = booleanParameter(query, 'unlimited');
  const keep = filterOf(query, unlimited, availableFor);
  const rows = shownOf(call, location.assets.all.filter(keep));
  const apart = unlimited === true;
  const sizeOf = (from: number, to: number) =>
    apart && !unlimitedInSize ? rows.slice(from, to).filter((asset) => !asset.unlimited).length : to - from;
  const page = pageOf(call, 'assets', rows.length, sizeOf);
  const shown = rows.slice(page.from, page.to);
  const assets = shown.filter((asset) => !(apart && asset.unlimited));
  const others = apart
    ? `,"unlimitedAssets":[${shown
        .filter((asset) => asset.unlimited)
        .map(unlimitedToJson)
        .join()}]`
    : '';
  return `{"assets":[${assets.map((asset) => assetToJson(asset, availableFor(asset))).join()}]${others}${page.end}`;
}

function filterOf(
  query: URLSearchParams,
  unlimited: boolean | undefined,
  availableFor: (asset: Asset) => number,
): (asset: Asset) => boolean {
  const adamId = textParameter(query, 'adamId');
  const pricingParam = choiceParameter(query, 'pricingParam', PRICING);
  const productType = choiceParameter(query, 'productType', PRODUCTS);
  const revocable = booleanParameter(query, 'revocable');
  const deviceAssignable = booleanParameter(query, 'deviceAssignable');
  const minAvailable = intParameter(query, 'minAvailableCount') ?? Number.NEGATIVE_INFINITY;
  const maxAvailable = intParameter(query, 'maxAvailableCount') ?? Number.POSITIVE_INFINITY;
  const minAssigned = intParameter(query, 'minAssignedCount') ?? Number.NEGATIVE_INFINITY;
  const maxAssigned = intParameter(query, 'maxAssignedCount') ?? Number.POSITIVE_INFINITY;
  return (asset) =>
    (unlimited !== false || !asset.unlimited) &&
    (adamId === undefined || asset.adamId === adamId) &&
    (pricingParam === undefined || asset.pricingParam === pricingParam) &&
    (productType === undefined || asset.productType === productType) &&
    (revocable === undefined || asset.revocable === revocable) &&
    (deviceAssignable === undefined || asset.deviceAssignable === deviceAssignable) &&
    availableFor(asset) >= minAvailable &&
    availableFor(asset) <= maxAvailable &&
    asset.assigned >= minAssigned &&
    asset.assigned <= maxAssigned;
}

function start(asset: Asset): string {
  const { adamId, pricingParam, productType, assigned } = asset;
  return `{"adamId":"${adamId}","pricingParam":"${pricingParam}","productType":"${productType}","assignedCount":${assigned}`;
}

function end({ deviceAssignable, revocable, supportedPlatforms }: Asset): string {
  const platforms = JSON.stringify(supportedPlatforms);
  return `"deviceAssignable":${deviceAssignable},"revocable":${revocable},"supportedPlatforms":${platforms}}`;
}

function assetToJson(asset: Asset, available: number): string {
  const total = asset.unlimited ? UNLIMITED : asset.total;
  return `${start(asset)},"availableCount":${available},"retiredCount":${asset.retired},"totalCount":${total},${end(asset)}`;
}

function unlimitedToJson(asset: Asset): string {
  return `${start(asset)},${end(asset)}`;
}
