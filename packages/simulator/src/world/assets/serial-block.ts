const ALPHABET = '0123456789CDFGHJKLMNPQRTVWXYZABS';
const BITS = 30;
const MASK = 2 ** BITS - 1;
const STEP = 0x2c1b3c6d & MASK;

/** The inverse of the odd STEP modulo 2^30, found by Newton's iteration. */
const BACK = (() => {
  let inverse = 1;
  for (let i = 0; i < 6; i++) inverse = Math.imul(inverse, 2 - Math.imul(STEP, inverse));
  return inverse & MASK;
})();

/**
 * Serial numbers of many made-up devices, computed instead of stored: four characters name the block, six the device,
 * scattered so that they look like the real thing. Every number from 0 to 2^30 − 1 has exactly one serial.
 */
export class SerialBlock {
  readonly prefix: string;
  readonly first: number;
  readonly count: number;

  /** `first` is the number of the block's first device among all computed devices of the location. */
  constructor(prefix: string, first: number, count: number) {
    this.prefix = prefix;
    this.first = first;
    this.count = count;
  }

  serial(device: number): string {
    let rest = Math.imul(device + 1, STEP) & MASK;
    let text = '';
    for (let i = 0; i < 6; i++) {
      text += ALPHABET.charAt(rest & 31);
      rest >>>= 5;
    }
    return this.prefix + text;
  }

  /** The device of a serial, counted within the block; undefined when the serial is none of the block's. */
  device(serial: string): number | undefined {
    if (serial.length !== 10 || !serial.startsWith(this.prefix)) return undefined;
    let rest = 0;
    for (let i = 9; i >= 4; i--) {
      const digit = ALPHABET.indexOf(serial.charAt(i));
      if (digit < 0) return undefined;
      rest = rest * 32 + digit;
    }
    const device = (Math.imul(rest, BACK) & MASK) - 1;
    return device >= 0 && device < this.count ? device : undefined;
  }
}
