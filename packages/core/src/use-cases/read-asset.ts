import type { Asset, Assignment } from '../domain/asset.ts';
import type { Abort } from '../ports/abort.ts';
import type { AppleLocation } from '../ports/apple.ts';
import type { AssetName } from '../ports/staging.ts';

/** Licenses that move while we read look like an answer that does not add up; so often it is asked for again. */
const TRIES = 3;

export interface AssetAndHolders {
  /** Null: Apple lists it no more. */
  asset: Asset | null;
  /** Each holder once. */
  holders: Assignment[];
}

/**
 * One asset with everybody who holds it: two requests or a few, however large the location. Null when its count and its
 * holders do not agree, however often they are asked for.
 */
export async function readAsset(
  location: AppleLocation,
  name: AssetName,
  signal?: Abort,
): Promise<AssetAndHolders | null> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const holders = new Map<string, Assignment>();
    let sure = true;
    for await (const page of location.holderPages(name, signal)) {
      for (const row of page.rows) holders.set(holderKey(row), row);
      sure = page.consistency === 'one-version';
    }
    const asset = await location.asset(name, signal);
    if (sure && (asset?.assigned ?? 0) === holders.size) return { asset, holders: [...holders.values()] };
  }
  return null;
}

export function holderKey({ holderKind, holder }: Pick<Assignment, 'holderKind' | 'holder'>): string {
  return `${holderKind} ${holder}`;
}
