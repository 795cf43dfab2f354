import type { Location } from '../../world/location.ts';
import type { World } from '../../world/world.ts';
import type { FaultOptions } from '../fault-kind.ts';
import type { ActiveFault } from '../faults.ts';

/** The JSON object of an answer. Lies change it in place. */
export type AnswerJson = Record<string, unknown>;

export interface LieContext {
  readonly fault: ActiveFault;
  readonly options: FaultOptions;
  readonly path: string;
  readonly world: World;
  readonly location: Location | undefined;
  /** The same question with another page or location; undefined when that is refused or the request is not a read. */
  readonly reread: (instead: Reread) => Promise<AnswerJson | undefined>;
}

export interface Reread {
  readonly pageIndex?: number;
  readonly location?: Location;
}

/** Gives whether there was something to lie about. */
export type Lie = (answer: AnswerJson, context: LieContext) => boolean | Promise<boolean>;

const LISTS = ['assets', 'unlimitedAssets', 'assignments', 'users'] as const;

/** The rows of a listing, each list by itself. */
export function rowLists(answer: AnswerJson): AnswerJson[][] {
  return LISTS.map((name) => answer[name]).filter((list): list is AnswerJson[] => Array.isArray(list));
}

/** So many things spread over a list; 0 is all of them. */
export function spread<T>(all: readonly T[], wanted: number): T[] {
  if (wanted <= 0 || wanted >= all.length) return [...all];
  return Array.from({ length: wanted }, (_, n) => all[Math.floor(((n + 0.5) * all.length) / wanted)] as T);
}

/** After rows were added or taken away: `size` counts them again, unless it is to stay. */
export function countAgain(answer: AnswerJson, before: number): void {
  if (typeof answer.size !== 'number') return;
  answer.size += rowCount(answer) - before;
}

export function rowCount(answer: AnswerJson): number {
  return rowLists(answer).reduce((sum, list) => sum + list.length, 0);
}

/** Puts a value in the place of a member, or takes the member away when it is undefined. */
export function put(answer: AnswerJson, member: string, value: unknown): boolean {
  const before = answer[member];
  if (value === undefined) delete answer[member];
  else answer[member] = value;
  return before !== value;
}
