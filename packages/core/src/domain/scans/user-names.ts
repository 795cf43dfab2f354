import { SeenRows } from '../licenses/seen-rows.ts';

/** A set of `clientUserId`s, each stored as a mark of a few bytes. */
export class UserNames {
  readonly #listed: SeenRows;

  constructor(seed: string) {
    this.#listed = new SeenRows(seed);
  }

  get size(): number {
    return this.#listed.size;
  }

  /** Returns false if it was already named. */
  add(clientUserId: string): boolean {
    return this.#listed.add(rowOf(clientUserId));
  }

  has(clientUserId: string): boolean {
    return this.#listed.has(rowOf(clientUserId));
  }
}

function rowOf(holder: string) {
  return { adamId: '', pricingParam: '', holderKind: 'user', holder } as const;
}
