import { hashText, hex, mix } from './hash.ts';

export type DataSet = 'assets' | 'assignments' | 'users' | 'subscriptions';

const CODES: Record<DataSet, string> = { assets: '6a1f', assignments: '6a2f', users: '6a3f', subscriptions: '6a4f' };

/**
 * The state of each data set of one location as a number that grows with every write, and its opaque text for clients.
 * The text carries the number and a check, so nothing needs to be remembered, and versions of another location,
 * another data set or an earlier run are recognized as foreign.
 */
export class Versions {
  readonly #salt: number;
  readonly #current: Record<DataSet, number> = { assets: 1, assignments: 1, users: 1, subscriptions: 1 };
  /** Called after every change of assets or their counts. */
  whenAssetsMove: () => void = () => undefined;

  constructor(uId: string, salt: number) {
    this.#salt = hashText(uId, salt);
  }

  current(set: DataSet): number {
    return this.#current[set];
  }

  /** A write happened: a new version, given back. */
  bump(set: DataSet): number {
    this.#current[set] += 1;
    if (set === 'assets') this.whenAssetsMove();
    return this.#current[set];
  }

  text(set: DataSet, version = this.#current[set]): string {
    const kind = set === 'subscriptions' ? '31ef' : '11f0';
    return `${hex(version, 8)}-${CODES[set]}-${kind}-${this.#check(set, version)}-${hex(this.#salt, 8)}${hex(mix(this.#salt), 4)}`;
  }

  /** The number of a version given out before; undefined when it is not one of ours or was forgotten. */
  parse(set: DataSet, text: string, lifetimeChanges = 0): number | undefined {
    const version = Number.parseInt(text.slice(0, 8), 16);
    if (Number.isNaN(version) || this.text(set, version) !== text) return undefined;
    const current = this.#current[set];
    if (version > current) return undefined;
    if (lifetimeChanges > 0 && current - version > lifetimeChanges) return undefined;
    return version;
  }

  #check(set: DataSet, version: number): string {
    return hex(0x8000 | (mix(this.#salt ^ Math.imul(version, 31) ^ CODES[set].charCodeAt(2)) & 0x3fff), 4);
  }
}
