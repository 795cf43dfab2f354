import { COUNTS, type Range, rangeOfCount } from './count-range.ts';
import type { Counts, Truth } from './truth.ts';

/** What is shown about a location. Omitted parts were not requested. */
export interface Shown {
  /** Where it is shown, for people: `GET assets`. */
  source: string;
  /** Null: nothing was read yet, so nothing is claimed. */
  readAt: string | null;
  assets?: ReadonlyMap<string, Counts & { gone: boolean }>;
  held?: ReadonlySet<string>;
  users?: ReadonlyMap<string, string>;
  /** Numbers of a whole location. */
  sums?: Partial<Record<SumName, number | null>>;
  /** The sums of listed rows, shown with the time of the last good scan. */
  areListed?: boolean;
}

type SumName = 'assets' | 'gone' | 'assignments' | 'users' | 'total' | 'assigned' | 'available';

export interface Circumstances {
  /** Apple lists things that do not exist, and may be believed while it does. */
  mayGain?: boolean;
  /** Changes are notified one by one, late, in any order, or never, so a count may include some and not others. */
  isNotified?: boolean;
}

/**
 * Returns what is shown but was not true at any of these moments, each as a sentence. Unknown values may be shown as
 * unknown; what was true throughout must be shown.
 */
export function judge(shown: Shown, truths: readonly Truth[], circumstances: Circumstances = {}): string[] {
  const { mayGain = false, isNotified = false } = circumstances;
  const wrong = [
    ...judgeAssets(shown, truths, isNotified),
    ...judgeHeld(shown, truths),
    ...judgeUsers(shown, truths),
    ...judgeSums(shown, truths, isNotified),
  ];
  return wrong.filter(({ isGain }) => !(mayGain && isGain)).map(({ text }) => `${shown.source}: ${text}`);
}

interface Wrong {
  text: string;
  /** Something that Apple lists but that never existed. */
  isGain: boolean;
}

const lost = (text: string): Wrong => ({ text, isGain: false });
const gained = (text: string): Wrong => ({ text, isGain: true });

/** Returns the differences from one truth, in sentences; empty if everything is shown correctly. */
export function differences(shown: Shown, truth: Truth): string[] {
  return judge({ ...shown, readAt: shown.readAt ?? 'now' }, [truth]).concat(
    unknownCounts(shown, truth).map((text) => `${shown.source}: ${text}`),
    shown.readAt === null ? [`${shown.source}: was never read`] : [],
  );
}

function judgeAssets({ assets, readAt }: Shown, truths: readonly Truth[], isNotified: boolean): Wrong[] {
  if (assets === undefined) return [];
  const wrong: Wrong[] = [];
  for (const [key, shown] of assets) {
    const known = truths.map((truth) => truth.assets.get(key)).filter((counts) => counts !== undefined);
    if (known.length === 0) wrong.push(gained(`asset ${key} was never there`));
    else if (shown.gone) wrong.push(lost(`asset ${key} is gone, and never was`));
    for (const name of COUNTS) {
      const value = shown[name];
      const values = known.map((counts) => counts[name]).filter((count) => count !== null);
      if (value === null || values.length === 0) continue;
      const [low, high] = rangeOfCount(name, key, truths, isNotified);
      if (value >= low && value <= high) continue;
      const say = value < low ? lost : gained;
      wrong.push(say(`asset ${key} has ${name} ${value}, and had ${[...new Set(values)].join(', ')}`));
    }
  }
  if (readAt === null) return wrong;
  const missing = keysInAll(truths.map((truth) => truth.assets)).filter((key) => !assets.has(key));
  return [...wrong, ...some(missing).map((key) => lost(`asset ${key} is missing`))];
}

function judgeHeld({ held, readAt }: Shown, truths: readonly Truth[]): Wrong[] {
  if (held === undefined) return [];
  const never = [...held].filter((row) => !truths.some((truth) => truth.held.has(row)));
  const missing = readAt === null ? [] : keysInAll(truths.map((truth) => truth.held)).filter((row) => !held.has(row));
  return [
    ...some(never).map((row) => gained(`assignment ${row} was never there`)),
    ...some(missing).map((row) => lost(`assignment ${row} is missing`)),
  ];
}

function judgeUsers({ users, readAt }: Shown, truths: readonly Truth[]): Wrong[] {
  if (users === undefined) return [];
  const wrong: Wrong[] = [];
  for (const [id, status] of users) {
    const known = new Set(truths.map((truth) => truth.users.get(id)).filter((one) => one !== undefined));
    if (known.size === 0) wrong.push(gained(`user ${id} was never there`));
    else if (!known.has(status)) wrong.push(lost(`user ${id} is ${status}, and was ${[...known].join(', ')}`));
  }
  if (readAt === null) return wrong;
  const missing = keysInAll(truths.map((truth) => truth.users)).filter((id) => !users.has(id));
  return [...wrong, ...some(missing).map((id) => lost(`user ${id} is missing`))];
}

function judgeSums({ sums, areListed = false, readAt }: Shown, truths: readonly Truth[], isNotified: boolean): Wrong[] {
  return Object.entries(sums ?? {}).flatMap(([name, value]) => {
    if (value === null) return [];
    const [low, high] = rangeOf(name as SumName, truths, isNotified);
    if (value >= low && value <= high) return [];
    // The rows beside it are not claimed to be complete until a scan has succeeded.
    if (areListed && readAt === null && value < low) return [];
    const say = value < low || name === 'gone' ? lost : gained;
    return [say(`${name} is ${value}, and was ${low} to ${high}`)];
  });
}

/** Each row may be from another moment, so a sum lies between the least and the greatest ones. */
function rangeOf(name: SumName, truths: readonly Truth[], isNotified: boolean): Range {
  switch (name) {
    case 'gone':
      return [0, 0];
    case 'assets':
      return rangeOfSizes(truths.map((truth) => truth.assets));
    case 'users':
      return rangeOfSizes(truths.map((truth) => truth.users));
    case 'assignments':
      return rangeOfSizes(truths.map((truth) => truth.held));
    default: {
      const keys = new Set(truths.flatMap((truth) => [...truth.assets.keys()]));
      let [low, high] = [0, 0];
      for (const key of keys) {
        const [least, most] = rangeOfCount(name, key, truths, isNotified);
        // An asset that isn't known yet adds nothing.
        low += truths.every((truth) => truth.assets.has(key)) ? least : Math.min(0, least);
        high += most;
      }
      return [low, high];
    }
  }
}

/** Between the number of what always existed and the number of what ever existed. */
function rangeOfSizes(sets: readonly (ReadonlySet<string> | ReadonlyMap<string, unknown>)[]): Range {
  return [keysInAll(sets).length, new Set(sets.flatMap((set) => [...set.keys()])).size];
}

function keysInAll(sets: readonly (ReadonlySet<string> | ReadonlyMap<string, unknown>)[]): string[] {
  return [...(sets[0]?.keys() ?? [])].filter((key) => sets.every((set) => set.has(key)));
}

function unknownCounts({ assets }: Shown, truth: Truth): string[] {
  return [...(assets ?? [])].flatMap(([key, shown]) =>
    COUNTS.filter((name) => shown[name] === null && (truth.assets.get(key)?.[name] ?? null) !== null).map(
      (name) => `asset ${key} has ${name} unknown`,
    ),
  );
}

/** The first ones; hundreds more add nothing. */
function some(list: readonly string[]): string[] {
  return list.length <= 3 ? [...list] : [...list.slice(0, 3), `… ${list.length} in all`];
}
