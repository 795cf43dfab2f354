import { createHash, randomBytes } from 'node:crypto';

/** Where ids and secrets come from: true chance, or with a seed the same sequence in every run. */
export class Random {
  readonly #seed: string | undefined;
  #drawn = 0;

  constructor(seed: string | undefined) {
    this.#seed = seed;
  }

  bytes(count: number): Buffer {
    if (this.#seed === undefined) return randomBytes(count);
    const parts: Buffer[] = [];
    for (let length = 0; length < count; length += 32) {
      parts.push(
        createHash('sha256')
          .update(`${this.#seed} ${this.#drawn++}`)
          .digest(),
      );
    }
    return Buffer.concat(parts).subarray(0, count);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const bytes = this.bytes(16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  /** A whole number of 32 bits. */
  word(): number {
    return this.bytes(4).readUInt32BE();
  }
}
