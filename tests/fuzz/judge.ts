import type { Counts, Truth } from './truth.ts';

/** What somebody shows of a location. What is left out was not asked. */
export interface Shown {
  /** Where it is shown, for people: `GET assets`. */
  source: string;
  /** Null: nothing was read yet, and nothing is claimed. */
  readAt: string | null;
  assets?: ReadonlyMap<string, Counts & { gone: boolean }>;
  held?: ReadonlySet<string>;
  users?: ReadonlyMap<string, string>;
  /** Numbers of a whole location. */
  sums?: Partial<Record<SumName, number | null>>;
}

type SumName = 'assets' | 'gone' | 'assignments' | 'users' | 'total' | 'assigned' | 'available';

/**
 * What is shown and was not true at any of these moments, each as a sentence. What is unknown may be shown as unknown;
 * what was true throughout must be shown.
 */
export function judge(shown: Shown, truths: readonly Truth[]): string[] {
  const say = (text: string) => `${shown.source}: ${text}`;
  return [
    ...judgeAssets(shown, truths),
    ...judgeHeld(shown, truths),
    ...judgeUsers(shown, truths),
    ...judgeSums(shown, truths),
  ].map(say);
}

/** What differs from one truth, in sentences: nothing when everything is shown as it is. */
export function differences(shown: Shown, truth: Truth): string[] {
  return judge({ ...shown, readAt: shown.readAt ?? 'now' }, [truth]).concat(
    unknownCounts(shown).map((text) => `${shown.source}: ${text}`),
    shown.readAt === null ? [`${shown.source}: was never read`] : [],
  );
}

const COUNTS = ['total', 'assigned', 'available', 'retired'] as const;

function judgeAssets({ assets, readAt }: Shown, truths: readonly Truth[]): string[] {
  if (assets === undefined) return [];
  const wrong: string[] = [];
  for (const [key, shown] of assets) {
    const known = truths.map((truth) => truth.assets.get(key)).filter((counts) => counts !== undefined);
    if (known.length === 0) wrong.push(`asset ${key} was never there`);
    if (shown.gone) wrong.push(`asset ${key} is gone, and never was`);
    for (const name of COUNTS) {
      const value = shown[name];
      const values = known.map((counts) => counts[name]);
      if (value === null || values.length === 0 || isBetween(value, values)) continue;
      wrong.push(`asset ${key} has ${name} ${value}, and had ${[...new Set(values)].join(', ')}`);
    }
  }
  if (readAt === null) return wrong;
  const missing = keysInAll(truths.map((truth) => truth.assets)).filter((key) => !assets.has(key));
  return [...wrong, ...some(missing).map((key) => `asset ${key} is missing`)];
}

/** Several licenses that change hands at once are notified one by one, and counted so. */
function isBetween(value: number, values: readonly (number | null)[]): boolean {
  const numbers = values.filter((one) => one !== null);
  return value >= Math.min(...numbers) && value <= Math.max(...numbers);
}

function judgeHeld({ held, readAt }: Shown, truths: readonly Truth[]): string[] {
  if (held === undefined) return [];
  const never = [...held].filter((row) => !truths.some((truth) => truth.held.has(row)));
  const missing = readAt === null ? [] : keysInAll(truths.map((truth) => truth.held)).filter((row) => !held.has(row));
  return [
    ...some(never).map((row) => `assignment ${row} was never there`),
    ...some(missing).map((row) => `assignment ${row} is missing`),
  ];
}

function judgeUsers({ users, readAt }: Shown, truths: readonly Truth[]): string[] {
  if (users === undefined) return [];
  const wrong: string[] = [];
  for (const [id, status] of users) {
    const known = new Set(truths.map((truth) => truth.users.get(id)).filter((one) => one !== undefined));
    if (known.size === 0) wrong.push(`user ${id} was never there`);
    else if (!known.has(status)) wrong.push(`user ${id} is ${status}, and was ${[...known].join(', ')}`);
  }
  if (readAt === null) return wrong;
  const missing = keysInAll(truths.map((truth) => truth.users)).filter((id) => !users.has(id));
  return [...wrong, ...some(missing).map((id) => `user ${id} is missing`)];
}

function judgeSums({ sums, readAt }: Shown, truths: readonly Truth[]): string[] {
  return Object.entries(sums ?? {}).flatMap(([name, value]) => {
    if (value === null || (readAt === null && value === 0)) return [];
    const [low, high] = rangeOf(name as SumName, truths);
    return value >= low && value <= high ? [] : [`${name} is ${value}, and was ${low} to ${high}`];
  });
}

/** Each row may be shown as of another moment, so a sum lies between that of the least and that of the greatest. */
function rangeOf(name: SumName, truths: readonly Truth[]): [low: number, high: number] {
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
        const values = truths.map((truth) => countIn(truth, key, name));
        low += Math.min(...values);
        high += Math.max(...values);
      }
      return [low, high];
    }
  }
}

function countIn(truth: Truth, key: string, name: 'total' | 'assigned' | 'available'): number {
  return truth.assets.get(key)?.[name] ?? 0;
}

/** Between the number of what was always there and the number of what was ever there. */
function rangeOfSizes(sets: readonly (ReadonlySet<string> | ReadonlyMap<string, unknown>)[]): [number, number] {
  return [keysInAll(sets).length, new Set(sets.flatMap((set) => [...set.keys()])).size];
}

function keysInAll(sets: readonly (ReadonlySet<string> | ReadonlyMap<string, unknown>)[]): string[] {
  return [...(sets[0]?.keys() ?? [])].filter((key) => sets.every((set) => set.has(key)));
}

function unknownCounts({ assets }: Shown): string[] {
  return [...(assets ?? [])]
    .filter(([, counts]) => counts.assigned === null || counts.retired === null)
    .map(([key]) => `the counts of asset ${key} are unknown`);
}

/** The first ones; hundreds more say nothing new. */
function some(list: readonly string[]): string[] {
  return list.length <= 3 ? [...list] : [...list.slice(0, 3), `… ${list.length} in all`];
}
