import { count } from '../quote.ts';
import type { Asset, AssetDifference } from './asset.ts';

/** What a scan found changed about one asset, in words. */
export interface AssetChange {
  adamId: string;
  pricingParam: string;
  name: string | null;
  text: string;
}

/** How many changes are stored with a scan, and how many its event names. */
const KEPT = 100;
const NAMED = 3;

/** Returns the differences in words, those with the most licenses first, up to the limit. */
export function assetChanges(
  differences: readonly AssetDifference[],
  names: ReadonlyMap<string, string>,
): AssetChange[] {
  return [...differences]
    .sort((a, b) => licensesMoved(b) - licensesMoved(a))
    .slice(0, KEPT)
    .map((difference) => {
      const { adamId, pricingParam } = difference;
      const name = names.get(adamId) ?? null;
      return { adamId, pricingParam, name, text: changeWords(difference, name ?? `asset ${adamId}`) };
    });
}

/**
 * Returns one sentence for the log; empty if there is nothing to name. `total` also counts those that are not named.
 */
export function namedChanges(changes: readonly AssetChange[], total: number): string {
  if (changes.length === 0) return '';
  const named = changes.slice(0, NAMED).map(({ text }) => text);
  const rest = total - named.length;
  return `${[...named, ...(rest > 0 ? [`and ${count(rest, 'other asset')}`] : [])].join('; ')}.`;
}

/**
 * `3 licenses of Keynote assigned elsewhere, 20 bought`: what Winesap assigned or released itself is already in the
 * counts.
 */
function changeWords({ kind, stored, fresh }: AssetDifference, name: string): string {
  if (kind === 'gone' || fresh === null) return `${name} is no longer listed`;
  if (kind === 'new' || stored === null) return `${name} is new, ${ownedWords(fresh)}`;
  const assigned = more(fresh.assigned, stored.assigned);
  const bought = fresh.unlimited || stored.unlimited ? 0 : more(fresh.total, stored.total);
  const acts = [
    { licenses: assigned, act: 'assigned elsewhere' },
    { licenses: -assigned, act: 'given back' },
    { licenses: bought, act: 'bought' },
    { licenses: -bought, act: 'refunded or transferred away' },
  ].filter(({ licenses }) => licenses > 0);
  const [first, ...others] = acts;
  if (first === undefined) return `the counts of ${name} changed`;
  const start = `${count(first.licenses, 'license')} of ${name} ${first.act}`;
  return [start, ...others.map(({ licenses, act }) => count(licenses, act, act))].join(', ');
}

function ownedWords({ unlimited, total }: Asset): string {
  if (unlimited) return 'unlimited';
  return total === null ? 'an unknown number of licenses' : count(total, 'license');
}

/** Returns null if one of them isn't known. */
function more(now: number | null, before: number | null): number {
  return now === null || before === null ? 0 : now - before;
}

function licensesMoved({ stored, fresh }: AssetDifference): number {
  const assigned = Math.abs((fresh?.assigned ?? 0) - (stored?.assigned ?? 0));
  const unlimited = fresh?.unlimited === true || stored?.unlimited === true;
  return assigned + (unlimited ? 0 : Math.abs((fresh?.total ?? 0) - (stored?.total ?? 0)));
}
