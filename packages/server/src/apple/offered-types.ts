/** Apple asks clients to read its service configuration again every five minutes. It is the same for all locations. */
const GOOD_FOR_MS = 5 * 60_000;

/** The notification types that Apple offers, read once for all locations and cached for a while. */
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
