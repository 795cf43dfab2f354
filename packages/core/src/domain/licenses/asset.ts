import type { Instant } from '../instant.ts';

/** Apple's number for "unlimited" where it does not list such assets separately (fact sheet §2.5). */
export const UNLIMITED_COUNT = 2147483647;

/** Licenses. Null means unknown, because Apple left it out or sent an impossible number. Never treat it as 0. */
export interface LicenseCounts {
  total: number | null;
  assigned: number | null;
  available: number | null;
  retired: number | null;
}

export interface Asset extends LicenseCounts {
  adamId: string;
  pricingParam: string;
  productType: string;
  unlimited: boolean;
  deviceAssignable: boolean;
  revocable: boolean;
  platforms: string[];
}

/** An asset as Apple lists it; what Apple left out is null or empty. */
export interface SaidAsset extends Omit<Asset, 'productType' | 'deviceAssignable' | 'revocable'> {
  productType: string | null;
  deviceAssignable: boolean | null;
  revocable: boolean | null;
}

/** An asset as it is stored. */
export interface KnownAsset extends Asset {
  /** How many more holders Apple lists than it counts, where that was proven or has long been so; else 0. */
  surplus: number;
  discrepancy: Discrepancy | null;
}

/** A contradiction in Apple's answers about an asset. Until it is resolved, Winesap concludes nothing from it. */
export interface Discrepancy {
  /**
   * `missing`: not listed. `holders`: the number of listed holders differs from the count. `counts`: they don't add up,
   * or fell without proof.
   */
  about: 'missing' | 'holders' | 'counts';
  /** Holders that Apple lists. */
  listed: number | null;
  /** Licenses that Apple counts as assigned. */
  counted: number | null;
  said: LicenseCounts | null;
  since: Instant;
  /** Since when Apple has said exactly this. */
  sameSince: Instant;
}

/** One license of an asset, assigned to a device (`serialNumber`) or a user (`clientUserId`). */
export interface Assignment {
  adamId: string;
  pricingParam: string;
  holderKind: 'device' | 'user';
  holder: string;
}

export type AssetName = Pick<Asset, 'adamId' | 'pricingParam'>;

export function assetKey(asset: AssetName): string {
  return `${asset.adamId}/${asset.pricingParam}`;
}

export function sameAssignment(a: Assignment, b: Assignment): boolean {
  return assetKey(a) === assetKey(b) && a.holderKind === b.holderKind && a.holder === b.holder;
}

/** Keeps the stored value for everything that Apple leaves out. */
export function filledAsset(said: SaidAsset, known: KnownAsset | null): Asset {
  return {
    ...said,
    productType: said.productType ?? known?.productType ?? 'App',
    unlimited: said.unlimited || (said.total === null && known?.unlimited === true),
    total: said.total ?? known?.total ?? null,
    assigned: said.assigned ?? known?.assigned ?? null,
    available: said.available ?? known?.available ?? null,
    retired: said.retired ?? known?.retired ?? null,
    deviceAssignable: said.deviceAssignable ?? known?.deviceAssignable ?? false,
    revocable: said.revocable ?? known?.revocable ?? false,
    platforms: said.platforms.length > 0 ? said.platforms : (known?.platforms ?? []),
  };
}

export interface AssetDifference {
  adamId: string;
  pricingParam: string;
  kind: 'new' | 'gone' | 'changed';
  stored: Asset | null;
  fresh: Asset | null;
}

/** Returns what a scan changes compared with what is stored: new assets first, then gone ones, then changed counts. */
export function compareAssets(stored: readonly Asset[], fresh: readonly Asset[]): AssetDifference[] {
  const before = new Map(stored.map((asset) => [assetKey(asset), asset]));
  const after = new Map(fresh.map((asset) => [assetKey(asset), asset]));
  const added: AssetDifference[] = [];
  const changed: AssetDifference[] = [];
  for (const [key, asset] of after) {
    const old = before.get(key);
    if (old === undefined) added.push(difference('new', null, asset));
    else if (!sameCounts(old, asset)) changed.push(difference('changed', old, asset));
  }
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, asset]) => difference('gone', asset, null));
  return [...added, ...gone, ...changed];
}

export function sameCounts(a: LicenseCounts, b: LicenseCounts): boolean {
  return a.total === b.total && a.assigned === b.assigned && a.available === b.available && a.retired === b.retired;
}

function difference(kind: AssetDifference['kind'], stored: Asset | null, fresh: Asset | null): AssetDifference {
  const { adamId, pricingParam } = (fresh ?? stored) as Asset;
  return { adamId, pricingParam, kind, stored, fresh };
}
