/** Apple asks to read its service configuration anew every five minutes; it is the same for all locations. */
const GOOD_FOR_MS = 5 * 60_000;

/** The kinds of notifications Apple offers, asked for once in a while for all locations together. */
export class OfferedTypes {
  #types: readonly string[] = [];
  #untilMs = Number.NEGATIVE_INFINITY;

  async get(ask: () => Promise<readonly string[]>): Promise<readonly string[]> {
    if (performance.now() < this.#untilMs) return this.#types;
    this.#types = await ask();
    this.#untilMs = performance.now() + GOOD_FOR_MS;
    return this.#types;
  }
}
