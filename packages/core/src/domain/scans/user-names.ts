import { SeenRows } from '../licenses/seen-rows.ts';

/** Different `clientUserId`s, each kept as a mark of a few bytes. */
export class UserNames {
  readonly #listed: SeenRows;

  constructor(seed: string) {
    this.#listed = new SeenRows(seed);
  }

  get size(): number {
    return this.#listed.size;
  }

  /** False when it was named before. */
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
