/** What one of our addresses leads to. */
export interface Door {
  uId: string;
  secrets: readonly string[];
}

/** How long a secret that was changed elsewhere still works here; the new one works immediately. */
const GOOD_FOR_MS = 2000;
const REMEMBERED = 10_000;

/**
 * Caches for some seconds which location and secrets belong to an address, so that not every notification queries the
 * database.
 */
export class HookCache {
  readonly #open: (path: string) => Promise<Door | null>;
  readonly #known = new Map<string, { door: Door; untilMs: number }>();

  constructor(open: (path: string) => Promise<Door | null>) {
    this.#open = open;
  }

  /** Returns the cached entry for the address, or the one in the database. */
  async at(path: string): Promise<Door | null> {
    const known = this.#known.get(path);
    return known !== undefined && known.untilMs > performance.now() ? known.door : this.look(path);
  }

  /** Returns the entry that is in the database now. */
  async look(path: string): Promise<Door | null> {
    const door = await this.#open(path);
    this.#known.delete(path);
    if (door !== null) this.#known.set(path, { door, untilMs: performance.now() + GOOD_FOR_MS });
    const oldest = this.#known.keys().next();
    if (this.#known.size > REMEMBERED && !oldest.done) this.#known.delete(oldest.value);
    return door;
  }
}
