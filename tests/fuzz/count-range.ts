import type { Counts, Truth } from './truth.ts';

export type Range = [low: number, high: number];
export const COUNTS = ['total', 'assigned', 'available', 'retired'] as const satisfies (keyof Counts)[];

/**
 * The range of an asset's count: what it was at one of these moments, or anything between, because several licenses
 * that change hands at once are counted one by one.
 *
 * With notifications, the range is wider. Apple notifies each change separately, and promises neither delivery nor
 * order. A client that learns of a release but not of an earlier assignment counts one less than there ever was. No
 * client can count a change that it was not notified of, so each purchase and each assignment may be known or unknown
 * until the next scan.
 */
export function rangeOfCount(
  name: (typeof COUNTS)[number],
  key: string,
  truths: readonly Truth[],
  isNotified: boolean,
): Range {
  const plain = (one: keyof Counts) => rangeOf(truths.map((truth) => truth.assets.get(key)?.[one] ?? null));
  if (!isNotified || name === 'retired') return plain(name);
  const [least, most] = plain(name);
  const assigned = rangeOfHolders(key, truths);
  if (name === 'assigned') return [Math.min(least, assigned[0]), Math.max(most, assigned[1])];
  const total = rangeOfPurchases(truths.map((truth) => truth.assets.get(key)?.total ?? null));
  if (name === 'total') return [Math.min(least, total[0]), Math.max(most, total[1])];
  const retired = plain('retired');
  return [Math.min(least, total[0] - assigned[1] - retired[1]), Math.max(most, total[1] - assigned[0] - retired[0])];
}

function rangeOf(values: readonly (number | null)[]): Range {
  const numbers = values.filter((value) => value !== null);
  return numbers.length === 0 ? [0, 0] : [Math.min(...numbers), Math.max(...numbers)];
}

/** Between those who hold it throughout and all who ever did. */
function rangeOfHolders(key: string, truths: readonly Truth[]): Range {
  const holders = truths.map(({ held }) => [...held].filter((row) => row.startsWith(`${key} `)));
  const times = new Map<string, number>();
  for (const row of holders.flat()) times.set(row, (times.get(row) ?? 0) + 1);
  return [[...times.values()].filter((count) => count === truths.length).length, times.size];
}

/** Between all refunds without a purchase and all purchases without a refund. */
function rangeOfPurchases(totals: readonly (number | null)[]): Range {
  const known = totals.filter((total) => total !== null);
  let [low, high] = [known[0] ?? 0, known[0] ?? 0];
  for (const [at, total] of known.entries()) {
    const more = total - (known[at - 1] ?? total);
    if (more < 0) low += more;
    else high += more;
  }
  return [low, high];
}
