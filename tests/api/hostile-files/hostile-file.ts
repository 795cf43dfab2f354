import { createHash } from 'node:crypto';

/** A file that isn't a content token, whatever it looks like. */
export interface HostileFile {
  /** What it is, as the name of a case. */
  what: string;
  bytes: Uint8Array;
}

export const hostile = (what: string, content: string | Uint8Array): HostileFile => ({
  what,
  bytes: typeof content === 'string' ? new Uint8Array(Buffer.from(content, 'utf8')) : content,
});

export const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64');

/** The same on every run, and not valid text in any encoding. */
export function noise(length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let block = 0; block * 32 < length; block += 1)
    blocks.push(createHash('sha256').update(`noise ${block}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

/** Breaks text into lines of that many characters, as email programs and editors do. */
export const inLines = (text: string, length: number, end = '\n') =>
  (text.match(new RegExp(`.{1,${length}}`, 'gs')) ?? []).join(end);
