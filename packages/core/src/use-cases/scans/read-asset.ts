import type { AssetName, Assignment, SaidAsset } from '../../domain/licenses/asset.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';

/** Licenses that change during the read look like an inconsistent answer, so it is read up to this many times. */
const TRIES = 3;

export interface AssetAndHolders {
  asset: SaidAsset;
  /** Each holder once. */
  holders: Assignment[];
}

/**
 * Reads one asset with all its holders: a few requests, however large the location. Returns null if its count and its
 * holders never agree, or if Apple doesn't list it, which alone is no proof that it is gone. `surplus`: by how much
 * holders are known to exceed the count.
 */
export async function readAsset(
  location: AppleLocation,
  name: AssetName,
  surplus: number,
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
    if (!sure || asset === null || asset.assigned === null) continue;
    const more = holders.size - asset.assigned;
    if (more === 0 || more === surplus) return { asset, holders: [...holders.values()] };
  }
  return null;
}

export function holderKey({ holderKind, holder }: Pick<Assignment, 'holderKind' | 'holder'>): string {
  return `${holderKind} ${holder}`;
}
