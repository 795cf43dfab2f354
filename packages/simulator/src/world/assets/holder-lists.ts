import { BULK_BASE } from './holders.ts';

const NONE = 0xffffffff;

/** For every holder the rows it has, as doubly linked lists in typed arrays. */
export class HolderLists {
  #next = new Uint32Array(64).fill(NONE);
  #previous = new Uint32Array(64).fill(NONE);
  #named = new Uint32Array(64).fill(NONE);
  #bulk = new Uint32Array(0);

  reserveRows(rows: number): void {
    this.#next = filled(this.#next, rows);
    this.#previous = filled(this.#previous, rows);
  }

  link(row: number, holder: number): void {
    const first = this.#head(holder);
    this.#next[row] = first;
    this.#previous[row] = NONE;
    if (first !== NONE) this.#previous[first] = row;
    this.#setHead(holder, row);
  }

  unlink(row: number, holder: number): void {
    const next = this.#next[row] ?? NONE;
    const previous = this.#previous[row] ?? NONE;
    if (previous === NONE) this.#setHead(holder, next);
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
  }

  /** The row `from` of `holder` has become row `to`. */
  move(from: number, to: number, holder: number): void {
    const next = this.#next[from] ?? NONE;
    const previous = this.#previous[from] ?? NONE;
    this.#next[to] = next;
    this.#previous[to] = previous;
    if (previous === NONE) this.#setHead(holder, to);
    else this.#next[previous] = to;
    if (next !== NONE) this.#previous[next] = to;
  }

  rowsOf(holder: number): number[] {
    const rows: number[] = [];
    for (let row = this.#head(holder); row !== NONE; row = this.#next[row] ?? NONE) rows.push(row);
    return rows;
  }

  #head(holder: number): number {
    return (holder >= BULK_BASE ? this.#bulk[holder - BULK_BASE] : this.#named[holder]) ?? NONE;
  }

  #setHead(holder: number, row: number): void {
    if (holder >= BULK_BASE) {
      const at = holder - BULK_BASE;
      if (at >= this.#bulk.length) this.#bulk = filled(this.#bulk, Math.max(1024, at + 1, this.#bulk.length * 2));
      this.#bulk[at] = row;
    } else {
      if (holder >= this.#named.length) this.#named = filled(this.#named, Math.max(holder + 1, this.#named.length * 2));
      this.#named[holder] = row;
    }
  }
}

function filled(old: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= old.length) return old;
  const array = new Uint32Array(length);
  array.set(old);
  array.fill(NONE, old.length);
  return array;
}
