import type { Assignment } from './asset.ts';

/** The initial number of slots where the number of rows is unknown. */
const FEW = 512;
/** Apple's count of upcoming rows is only a hint, so the memory reserved for it is limited. */
const MOST_EXPECTED = 2_000_000;
const MARK_BYTES = 8;

/**
 * The rows that a list named, each stored as a mark of 53 bits: a million of them take 16 MB in memory and 8 MB in the
 * database. The chance that an unlisted row has the same mark as a listed one is one in ten billion. Such a row counts
 * as listed until a list with another `seed` is read.
 */
export class SeenRows {
  readonly #seed: number;
  /** At least half of them are empty; 0 means empty. */
  #slots: Float64Array;
  #size = 0;
  #unkept: number[] = [];

  constructor(seed: string, expected = FEW) {
    this.#seed = mix(spread(OFFSET, FNV_PRIME, seed));
    this.#slots = new Float64Array(slotsFor(Math.min(expected, MOST_EXPECTED)));
  }

  /** The number of different rows. */
  get size(): number {
    return this.#size;
  }

  /** Returns false if it was already named. */
  add(row: Assignment): boolean {
    const mark = this.#markOf(row);
    if (!this.#insert(mark)) return false;
    this.#unkept.push(mark);
    return true;
  }

  has(row: Assignment): boolean {
    const mark = this.#markOf(row);
    return this.#slots[this.#slotOf(mark)] === mark;
  }

  /** Returns the marks added since the last call: eight bytes each. */
  takeMarks(): Uint8Array {
    const bytes = new Uint8Array(this.#unkept.length * MARK_BYTES);
    const view = new DataView(bytes.buffer);
    for (const [index, mark] of this.#unkept.entries()) view.setFloat64(index * MARK_BYTES, mark, true);
    this.#unkept = [];
    return bytes;
  }

  /** Adds marks that were taken earlier from a list with the same seed. */
  putMarks(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + MARK_BYTES <= bytes.byteLength; at += MARK_BYTES) this.#insert(view.getFloat64(at, true));
  }

  #insert(mark: number): boolean {
    const slot = this.#slotOf(mark);
    if (this.#slots[slot] === mark) return false;
    this.#slots[slot] = mark;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  /** Returns the slot of the mark, or the free slot for it. */
  #slotOf(mark: number): number {
    const last = this.#slots.length - 1;
    let slot = mark & last;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== mark) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Float64Array(before.length * 2);
    for (const mark of before) if (mark !== 0) this.#slots[this.#slotOf(mark)] = mark;
  }

  /** 53 bits, never 0. */
  #markOf({ adamId, pricingParam, holderKind, holder }: Assignment): number {
    const text = `${adamId} ${pricingParam} ${holderKind} ${holder}`;
    const low = mix(spread(OFFSET ^ this.#seed, FNV_PRIME, text));
    const high = mix(spread(OFFSET + this.#seed, GOLDEN, text) ^ low);
    return (high & 0x1f_ff_ff) * 2 ** 32 + (low || 1);
  }
}

/** A power of two, at least twice the number of rows. */
function slotsFor(rows: number): number {
  let slots = FEW;
  while (slots < rows * 2) slots *= 2;
  return slots;
}

const OFFSET = 0x81_1c_9d_c5;
const FNV_PRIME = 0x01_00_01_93;
/** 2³² divided by the golden ratio. */
const GOLDEN = 0x9e_37_79_b1;

function spread(from: number, by: number, text: string): number {
  let hash = from;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), by);
  return hash;
}

/** Mixes a 32-bit number so that every bit affects half of the others: the last step of MurmurHash3. */
function mix(number: number): number {
  let mixed = number;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85_eb_ca_6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
