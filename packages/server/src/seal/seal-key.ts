import { createHash, randomBytes } from 'node:crypto';
import { SealError } from '@winesap/core';
import { z } from 'zod';

export interface SealKey {
  /** Derived from the key itself, so the same key has the same name wherever it comes from. */
  id: string;
  bytes: Uint8Array;
}

const KEY_BYTES = 32;

const KeySet = z.object({
  keys: z.array(z.object({ kty: z.literal('oct'), k: z.string() })).min(1),
});

/** Random bytes never look like this: all zeros, one repeated character, a short pattern. */
export function isGuessable({ bytes }: SealKey): boolean {
  return new Set(bytes).size < 10;
}

export function newSealKey(): SealKey {
  return keyFromBytes(randomBytes(KEY_BYTES));
}

/** Reads `WINESAP_SEAL_KEY`: one key in Base64 or Base64url, or several separated by commas, the sealing one first. */
export function readKeyList(text: string): SealKey[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(keyFromText);
}

/** Reads a key file: a JSON Web Key Set, the sealing key first; or the same text that `WINESAP_SEAL_KEY` accepts. */
export function readKeyFile(text: string): SealKey[] {
  if (!text.trimStart().startsWith('{')) return readKeyList(text);
  let set: z.output<typeof KeySet>;
  try {
    set = KeySet.parse(JSON.parse(text));
  } catch {
    // NOTE: without the cause, because an excerpt of the file in an error would be an excerpt of the key.
    throw new SealError('seal.key-invalid', 'The sealing key file is not a JSON Web Key Set with keys of type "oct".');
  }
  return set.keys.map(({ k }) => keyFromText(k));
}

export function writeKeyFile(keys: readonly SealKey[]): string {
  const set = keys.map(({ id, bytes }) => ({
    kty: 'oct',
    kid: id,
    alg: 'A256GCM',
    k: Buffer.from(bytes).toString('base64url'),
  }));
  return `${JSON.stringify({ keys: set }, null, 2)}\n`;
}

function keyFromText(text: string): SealKey {
  const bytes = Buffer.from(text, 'base64url');
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(text) || bytes.length !== KEY_BYTES) {
    throw new SealError(
      'seal.key-invalid',
      'A sealing key is 32 random bytes in Base64, as "openssl rand -base64 32" makes them.',
    );
  }
  return keyFromBytes(bytes);
}

function keyFromBytes(bytes: Uint8Array): SealKey {
  const id = createHash('sha256').update('winesap seal key id\0').update(bytes).digest('base64url').slice(0, 12);
  return { id, bytes: new Uint8Array(bytes) };
}
