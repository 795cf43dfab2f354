interface Freed {
  readonly number: number;
  /** The version of the assignments since which it has been free. */
  readonly version: number;
}

/**
 * Which license of its asset each row of the assignment table uses, counted from 0: version 1 shows single licenses,
 * version 2 does not. Freed licenses are used again, the last one first.
 */
export class LicenseNumbers {
  readonly #version: () => number;
  readonly #freed = new Map<number, Freed[]>();
  readonly #next: number[] = [];
  #ofRow: Uint32Array<ArrayBuffer>;

  constructor(capacity: number, version: () => number) {
    this.#ofRow = new Uint32Array(capacity);
    this.#version = version;
  }

  of(row: number): number {
    return this.#ofRow[row] ?? 0;
  }

  take(row: number, asset: number): void {
    if (row >= this.#ofRow.length) {
      const longer = new Uint32Array(Math.max(64, row * 2));
      longer.set(this.#ofRow);
      this.#ofRow = longer;
    }
    this.#ofRow[row] = this.#freed.get(asset)?.pop()?.number ?? this.#new(asset);
  }

  free(row: number, asset: number): void {
    const freed = this.#freed.get(asset) ?? [];
    this.#freed.set(asset, freed);
    freed.push({ number: this.of(row), version: this.#version() });
  }

  move(from: number, to: number): void {
    this.#ofRow[to] = this.of(from);
  }

  /** The `index`th license of an asset that nobody uses. */
  unused(asset: number, index: number): number {
    const freed = this.#freed.get(asset) ?? [];
    return freed[index]?.number ?? (this.#next[asset] ?? 0) + index - freed.length;
  }

  /** Licenses of an asset that were freed after a version and are still free. */
  freedSince(asset: number, version: number): number[] {
    return (this.#freed.get(asset) ?? []).filter((one) => one.version > version).map((one) => one.number);
  }

  #new(asset: number): number {
    const number = this.#next[asset] ?? 0;
    this.#next[asset] = number + 1;
    return number;
  }
}
