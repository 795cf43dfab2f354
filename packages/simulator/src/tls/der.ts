/** The few pieces of DER that a certificate consists of. */

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts);
export const set = (...parts: Buffer[]) => tagged(0x31, ...parts);
export const utf8 = (text: string) => tagged(0x0c, Buffer.from(text, 'utf8'));
export const octets = (content: Buffer) => tagged(0x04, content);
export const bits = (content: Buffer) => tagged(0x03, Buffer.from([0]), content);
/** The first bits of one byte, `unused` of its last ones left out. */
export const flags = (byte: number, unused: number) => tagged(0x03, Buffer.from([unused, byte]));
export const yes = tagged(0x01, Buffer.from([0xff]));
/** `[n]` around something, constructed. */
export const context = (n: number, ...parts: Buffer[]) => tagged(0xa0 | n, ...parts);
/** `[n]` instead of a plain value. */
export const implicit = (n: number, content: Buffer) => tagged(0x80 | n, content);

/** A number that is not negative. */
export function integer(bytes: Buffer): Buffer {
  return tagged(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

/** `YYYYMMDDhhmmssZ` */
export function time(ms: number): Buffer {
  return tagged(0x18, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')}`, 'latin1'));
}

export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const value of rest) {
    const groups = [value & 0x7f];
    for (let left = value >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}
