/** What stands behind an address of ours. */
export interface Door {
  uId: string;
  secrets: readonly string[];
}

/** A secret that was changed elsewhere is good here for so long; the new one is good at once. */
const GOOD_FOR_MS = 2000;
const REMEMBERED = 10_000;

/** Which location and secrets belong to an address, kept for some seconds: not every notification asks the database. */
export class HookCache {
  readonly #open: (path: string) => Promise<Door | null>;
  readonly #known = new Map<string, { door: Door; untilMs: number }>();

  constructor(open: (path: string) => Promise<Door | null>) {
    this.#open = open;
  }

  /** Returns what is remembered of the address, or what the database has. */
  async at(path: string): Promise<Door | null> {
    const known = this.#known.get(path);
    return known !== undefined && known.untilMs > performance.now() ? known.door : this.look(path);
  }

  /** The door as it stands in the database now. */
  async look(path: string): Promise<Door | null> {
    const door = await this.#open(path);
    this.#known.delete(path);
    if (door !== null) this.#known.set(path, { door, untilMs: performance.now() + GOOD_FOR_MS });
    const oldest = this.#known.keys().next();
    if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
    return door;
  }
}
