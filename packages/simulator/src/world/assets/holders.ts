import type { User } from '../users/user.ts';
import { SerialBlock } from './serial-block.ts';

/** Numbers from here on are computed devices of serial blocks; below are devices and users kept by name. */
export const BULK_BASE = 0x80000000;

/** Who can hold licenses at one location, each as a number. Devices come into being when they are first named. */
export class Holders {
  readonly #named: (string | User)[] = [];
  readonly #devices = new Map<string, number>();
  readonly #blocks: SerialBlock[] = [];
  #bulkCount = 0;

  /** A block of `count` new computed devices; gives the number of the first. */
  addBlock(prefix: string, count: number): number {
    this.#blocks.push(new SerialBlock(prefix, this.#bulkCount, count));
    const first = BULK_BASE + this.#bulkCount;
    this.#bulkCount += count;
    return first;
  }

  get blockCount(): number {
    return this.#blocks.length;
  }

  addUser(user: User): number {
    return this.#named.push(user) - 1;
  }

  /** The device's number, new when it was not known: Apple accepts any serial number. */
  device(serialNumber: string): number {
    const known = this.findDevice(serialNumber);
    if (known !== undefined) return known;
    const holder = this.#named.push(serialNumber) - 1;
    this.#devices.set(serialNumber, holder);
    return holder;
  }

  findDevice(serialNumber: string): number | undefined {
    const named = this.#devices.get(serialNumber);
    if (named !== undefined) return named;
    for (const block of this.#blocks) {
      const device = block.device(serialNumber);
      if (device !== undefined) return BULK_BASE + block.first + device;
    }
    return undefined;
  }

  /** The user behind a number, or undefined when it is a device. */
  user(holder: number): User | undefined {
    if (holder >= BULK_BASE) return undefined;
    const named = this.#named[holder];
    return typeof named === 'object' ? named : undefined;
  }

  /** The serial number behind a device's number. */
  serialNumber(holder: number): string {
    if (holder < BULK_BASE) {
      const named = this.#named[holder];
      return typeof named === 'string' ? named : '';
    }
    const device = holder - BULK_BASE;
    for (const block of this.#blocks) {
      if (device < block.first + block.count) return block.serial(device - block.first);
    }
    return '';
  }

  /** Every device number there is: computed ones and named ones. */
  *devices(): Generator<number> {
    for (let i = 0; i < this.#bulkCount; i++) yield BULK_BASE + i;
    yield* this.#devices.values();
  }
}
