import { mix } from '../hash.ts';
import { HolderLists } from './holder-lists.ts';
import { LicenseNumbers } from './license-numbers.ts';

const FIRST_CAPACITY = 64;

/**
 * The assignments of one location: rows of (asset, holder, version of the last change) in typed arrays, about 30 bytes
 * each, with a hash index over (asset, holder) and a list of rows per holder. A removal moves the last row into the
 * hole, so rows change pages as they do at Apple.
 */
export class AssignmentTable {
  length = 0;
  asset = new Uint32Array(FIRST_CAPACITY);
  holder = new Uint32Array(FIRST_CAPACITY);
  modified = new Uint32Array(FIRST_CAPACITY);
  readonly #lists = new HolderLists();
  /** Only once somebody asked for single licenses. */
  #licenses: LicenseNumbers | undefined;
  #index = new Uint32Array(FIRST_CAPACITY * 2);
  #mask = FIRST_CAPACITY * 2 - 1;

  /** Makes room for `more` rows at once; filling a big location grows nothing on the way. */
  reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted > this.asset.length) {
      this.asset = grown(this.asset, wanted);
      this.holder = grown(this.holder, wanted);
      this.modified = grown(this.modified, wanted);
      this.#lists.reserveRows(wanted);
    }
    if (wanted * 1.6 > this.#index.length) this.#reindex(wanted);
  }

  /** Adds a row that must not exist yet, and gives its number. */
  add(asset: number, holder: number, version: number): number {
    if (this.length === this.asset.length || (this.length + 1) * 1.4 > this.#index.length) {
      this.reserve(Math.max(FIRST_CAPACITY, this.length));
    }
    const row = this.length++;
    this.asset[row] = asset;
    this.holder[row] = holder;
    this.modified[row] = version;
    this.#lists.link(row, holder);
    this.#licenses?.take(row, asset);
    let slot = slotOf(asset, holder) & this.#mask;
    while (this.#index[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#index[slot] = row + 1;
    return row;
  }

  /** The row of an assignment, or -1. */
  find(asset: number, holder: number): number {
    let slot = slotOf(asset, holder) & this.#mask;
    for (let entry = this.#index[slot]; entry; entry = this.#index[slot]) {
      if (this.asset[entry - 1] === asset && this.holder[entry - 1] === holder) return entry - 1;
      slot = (slot + 1) & this.#mask;
    }
    return -1;
  }

  /** Removes a row; the last row takes its number. With `markMoved` that row counts as modified at that version. */
  remove(row: number, markMoved: number | undefined): void {
    const last = this.length - 1;
    this.#unindex(row);
    this.#licenses?.free(row, this.asset[row] ?? 0);
    this.#lists.unlink(row, this.holder[row] ?? 0);
    if (row !== last) {
      const slot = this.#slotHolding(last);
      this.#index[slot] = row + 1;
      this.asset[row] = this.asset[last] ?? 0;
      this.holder[row] = this.holder[last] ?? 0;
      this.modified[row] = markMoved ?? this.modified[last] ?? 0;
      this.#lists.move(last, row, this.holder[row] ?? 0);
      this.#licenses?.move(last, row);
    }
    this.length = last;
  }

  /** The license each row uses, from now on kept up to date. `version` is that of the assignments. */
  licenses(version: () => number): LicenseNumbers {
    if (this.#licenses === undefined) {
      this.#licenses = new LicenseNumbers(this.asset.length, version);
      for (let row = 0; row < this.length; row++) this.#licenses.take(row, this.asset[row] ?? 0);
    }
    return this.#licenses;
  }

  rowsOf(holder: number): number[] {
    return this.#lists.rowsOf(holder);
  }

  /** Rows that satisfy `keep`, in order. */
  select(keep: (row: number) => boolean): Uint32Array {
    let found = new Uint32Array(1024);
    let count = 0;
    for (let row = 0; row < this.length; row++) {
      if (!keep(row)) continue;
      if (count === found.length) found = grown(found, count * 2);
      found[count++] = row;
    }
    return found.slice(0, count);
  }

  #slotHolding(row: number): number {
    let slot = slotOf(this.asset[row] ?? 0, this.holder[row] ?? 0) & this.#mask;
    while (this.#index[slot] !== row + 1) slot = (slot + 1) & this.#mask;
    return slot;
  }

  #unindex(row: number): void {
    // Linear probing without tombstones: entries after the hole move back when their home slot allows it.
    let hole = this.#slotHolding(row);
    let slot = hole;
    for (;;) {
      slot = (slot + 1) & this.#mask;
      const entry = this.#index[slot] ?? 0;
      if (entry === 0) break;
      const home = slotOf(this.asset[entry - 1] ?? 0, this.holder[entry - 1] ?? 0) & this.#mask;
      if (((slot - home) & this.#mask) >= ((slot - hole) & this.#mask)) {
        this.#index[hole] = entry;
        hole = slot;
      }
    }
    this.#index[hole] = 0;
  }

  #reindex(rows: number): void {
    let size = FIRST_CAPACITY * 2;
    while (size < rows * 1.6) size *= 2;
    this.#index = new Uint32Array(size);
    this.#mask = size - 1;
    for (let row = 0; row < this.length; row++) {
      let slot = slotOf(this.asset[row] ?? 0, this.holder[row] ?? 0) & this.#mask;
      while (this.#index[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#index[slot] = row + 1;
    }
  }
}

function slotOf(asset: number, holder: number): number {
  return mix(Math.imul(asset + 1, 0x9e3779b1) ^ holder);
}

function grown(old: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const array = new Uint32Array(length);
  array.set(old);
  return array;
}
