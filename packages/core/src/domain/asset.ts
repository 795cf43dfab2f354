/** Apple's number for "unlimited" where it does not list such assets apart (fact sheet §2.5). */
export const UNLIMITED_COUNT = 2147483647;

export interface Asset {
  adamId: string;
  pricingParam: string;
  productType: string;
  unlimited: boolean;
  total: number;
  assigned: number;
  available: number;
  retired: number;
  deviceAssignable: boolean;
  revocable: boolean;
  platforms: string[];
}

/** One license of an asset, held by a device (`serialNumber`) or a user (`clientUserId`). */
export interface Assignment {
  adamId: string;
  pricingParam: string;
  holderKind: 'device' | 'user';
  holder: string;
}

export function assetKey(asset: Pick<Asset, 'adamId' | 'pricingParam'>): string {
  return `${asset.adamId}/${asset.pricingParam}`;
}

export function sameAssignment(a: Assignment, b: Assignment): boolean {
  return assetKey(a) === assetKey(b) && a.holderKind === b.holderKind && a.holder === b.holder;
}

export interface AssetDifference {
  adamId: string;
  pricingParam: string;
  kind: 'new' | 'gone' | 'changed';
  stored: Asset | null;
  fresh: Asset | null;
}

/** What a reading changes against what is stored: new first, then gone, then changed counts. */
export function compareAssets(stored: readonly Asset[], fresh: readonly Asset[]): AssetDifference[] {
  const before = new Map(stored.map((asset) => [assetKey(asset), asset]));
  const after = new Map(fresh.map((asset) => [assetKey(asset), asset]));
  const added: AssetDifference[] = [];
  const changed: AssetDifference[] = [];
  for (const [key, asset] of after) {
    const old = before.get(key);
    if (old === undefined) added.push(difference('new', null, asset));
    else if (countsDiffer(old, asset)) changed.push(difference('changed', old, asset));
  }
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, asset]) => difference('gone', asset, null));
  return [...added, ...gone, ...changed];
}

function countsDiffer(a: Asset, b: Asset): boolean {
  return a.total !== b.total || a.assigned !== b.assigned || a.available !== b.available || a.retired !== b.retired;
}

function difference(kind: AssetDifference['kind'], stored: Asset | null, fresh: Asset | null): AssetDifference {
  const { adamId, pricingParam } = (fresh ?? stored) as Asset;
  return { adamId, pricingParam, kind, stored, fresh };
}
