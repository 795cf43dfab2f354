import type { Instant } from '../instant.ts';
import type { Evidence } from '../list-evidence.ts';
import { type AssetName, assetKey, type KnownAsset, type SaidAsset } from './asset.ts';
import type { ReadingDiscrepancy } from './reading.ts';
import { type WeighedAsset, weighAsset } from './weigh-asset.ts';

export interface ReadingFacts {
  stored: readonly KnownAsset[];
  said: readonly SaidAsset[];
  /**
   * The number of different holders listed per asset, by `assetKey`; null where it matched the asset's count when it
   * was read.
   */
  listedOf: (key: string) => number | null;
  /** Keys of all assets with listed holders. */
  listedKeys: Iterable<string>;
  assets: Evidence;
  assignments: Evidence;
  now: Instant;
  confirmAfterMs: number;
}

export type NamedWeighing = WeighedAsset & { key: string; name: AssetName };

export interface WeighedReading {
  assets: NamedWeighing[];
  /** The sum over all assets. */
  surplus: number;
  /** Null: the reading is proven. */
  discrepancy: ReadingDiscrepancy | null;
}

/** Weighs every asset that is stored, listed, or named by a holder. */
export function weighReading(facts: ReadingFacts): WeighedReading {
  const { stored, said, listedOf, listedKeys, assets, assignments, now, confirmAfterMs } = facts;
  const known = new Map(stored.map((asset) => [assetKey(asset), asset]));
  const fresh = new Map(said.map((asset) => [assetKey(asset), asset]));
  const weighed = [...new Set([...known.keys(), ...fresh.keys()])].map((key): NamedWeighing => {
    const before = known.get(key) ?? null;
    const after = fresh.get(key) ?? null;
    const { adamId, pricingParam } = (after ?? before) as AssetName;
    const one = { known: before, said: after, listed: listedOf(key), assets, assignments, now, confirmAfterMs };
    return { ...weighAsset(one), key, name: { adamId, pricingParam } };
  });
  const strangers = [...listedKeys].filter((key) => !known.has(key) && !fresh.has(key) && (listedOf(key) ?? 0) > 0);
  return {
    assets: weighed,
    surplus: weighed.reduce((sum, { surplus }) => sum + surplus, 0),
    discrepancy: inShort(
      weighed,
      strangers.map((key) => listedOf(key) ?? 0),
      assets,
    ),
  };
}

/** Whether asking again may resolve it: a list that contradicts itself, or holders and counts that disagree. */
export function isWorthRepeating({ discrepancy, assets }: WeighedReading): boolean {
  return (
    (discrepancy !== null && discrepancy.about === 'list') ||
    assets.some((one) => one.discrepancy !== null && isAboutHolders(one))
  );
}

/** Returns the assets whose holders and counts disagree. */
export function oddHolders({ assets }: WeighedReading): AssetName[] {
  return assets.filter(isAboutHolders).map(({ name }) => name);
}

function isAboutHolders({ discrepancy }: WeighedAsset): boolean {
  if (discrepancy === null) return false;
  return discrepancy.about === 'holders' || (discrepancy.about === 'missing' && (discrepancy.listed ?? 0) > 0);
}

function inShort(
  weighed: readonly NamedWeighing[],
  strangers: readonly number[],
  list: Evidence,
): ReadingDiscrepancy | null {
  if (list.kind === 'contradicts') return { about: 'list', assets: 0, listed: list.seen, counted: list.said };
  if (strangers.length > 0)
    return { about: 'missing', assets: strangers.length, listed: sum(strangers), counted: null };
  for (const about of ['holders', 'missing', 'counts'] as const) {
    const odd = weighed.flatMap(({ discrepancy }) => (discrepancy?.about === about ? [discrepancy] : []));
    if (odd.length === 0) continue;
    return {
      about,
      assets: odd.length,
      listed: sum(odd.map(({ listed }) => listed)),
      counted: about === 'missing' ? null : sum(odd.map(({ counted }) => counted)),
    };
  }
  return null;
}

/** Returns null if one of them isn't known. */
function sum(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);
}
