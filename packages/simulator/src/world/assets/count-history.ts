import type { Asset } from './asset.ts';

export interface PastCounts {
  /** Epoch milliseconds; the first is as old as one likes. */
  readonly at: number;
  readonly version: number;
  /** By the index of the asset. */
  readonly counts: readonly { readonly assigned: number; readonly total: number }[];
}

/** What the counts of a location's assets were, for as long as somebody wants to look back. */
export class CountHistory {
  readonly #past: PastCounts[] = [];

  /** Call when looking back begins, and after every change. */
  remember(assets: readonly Asset[], version: number, now: number, keepMs: number): void {
    const at = this.#past.length === 0 ? Number.NEGATIVE_INFINITY : now;
    if (this.#past.at(-1)?.at === at) this.#past.pop();
    this.#past.push({ at, version, counts: assets.map(({ assigned, total }) => ({ assigned, total })) });
    while ((this.#past[1]?.at ?? now) < now - keepMs) this.#past.shift();
  }

  /** The counts as they were at an instant; undefined when nothing was remembered. */
  at(instant: number): PastCounts | undefined {
    return this.#past.findLast((past) => past.at <= instant) ?? this.#past[0];
  }

  forget(): void {
    this.#past.length = 0;
  }
}
