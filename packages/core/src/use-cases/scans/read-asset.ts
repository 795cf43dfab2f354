import type { AssetName, Assignment, SaidAsset } from '../../domain/licenses/asset.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';

/** Licenses that move while we read look like an answer that does not add up; so often it is asked for again. */
const TRIES = 3;

export interface AssetAndHolders {
  asset: SaidAsset;
  /** Each holder once. */
  holders: Assignment[];
}

/**
 * One asset with everybody who holds it: two requests or a few, however large the location. Null when its count and its
 * holders do not agree, however often they are asked for, or when Apple doesn't list it: that alone is no proof that it is
 * gone. `surplus`: by how much holders are known to be more than counted.
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
