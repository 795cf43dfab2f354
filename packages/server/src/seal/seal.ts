import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SealError, type Seal as SealPort } from '@winesap/core';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { loadKeys, makeKeyFile, openMode } from './key-file.ts';
import { isGuessable, readKeyList, type SealKey } from './seal-key.ts';

/** Secrets at rest: sealed with the first key, opened with the key that sealed them. */
export interface Seal extends SealPort {
  /** The key that seals now. */
  keyId: string;
  /** Key files that everyone on this machine can read or change. */
  openFiles: readonly { file: string; mode: string }[];
  /** Older keys that are not random bytes. */
  guessableKeys: readonly string[];
  /** Another secret, derived from the oldest key, so that adding a new key in front does not change it. */
  derive(purpose: string): string;
}

export interface SealOptions {
  /** One key, or several separated by commas; the first one seals. */
  key?: string | undefined;
  /** A file that must exist. */
  keyFile?: string | undefined;
  /** Where the key file is created at first start if neither of the others is set. */
  dataDir: string;
  /** Whether to create a first key if there is none. Default: true. */
  makesKey?: boolean;
}

/**
 * Reads the sealing keys, or creates the first one. Keys from `key` and `keyFile` come before those in the data
 * folder's file, so that an installation can move from one to the other.
 * Errors: `seal.key-invalid`, `seal.key-missing` (both `SealError`).
 */
export async function openSeal({ key, keyFile, dataDir, makesKey = true }: SealOptions): Promise<Seal> {
  const ownFile = join(dataDir, 'seal-keys.json');
  const given = [...(key === undefined ? [] : readKeyList(key)), ...(keyFile ? await keysOfGivenFile(keyFile) : [])];
  const own = await loadKeys(ownFile);
  const [first, ...others] = [...given, ...(own ?? (given.length > 0 || !makesKey ? [] : await makeKeyFile(ownFile)))];
  if (!first)
    throw new SealError(
      'seal.key-missing',
      `There is no sealing key in WINESAP_SEAL_KEY, WINESAP_SEAL_KEY_FILE, or ${ownFile}.`,
    );
  if (isGuessable(first))
    throw new SealError(
      'seal.key-invalid',
      'The first sealing key can be guessed: it is not random. Make one with "openssl rand -base64 32", put it in front ' +
        'of this one, with a comma between, and run "winesap reseal".',
    );
  const openFiles = [];
  for (const file of new Set([...(keyFile ? [keyFile] : []), ownFile])) {
    const mode = await openMode(file);
    if (mode !== null) openFiles.push({ file, mode });
  }
  return { ...sealWith(first, others), openFiles, guessableKeys: others.filter(isGuessable).map(({ id }) => id) };
}

async function keysOfGivenFile(path: string): Promise<SealKey[]> {
  const keys = await loadKeys(path);
  if (keys) return keys;
  // Creating one here would hide a missing mount behind a new key that opens nothing.
  throw new SealError('seal.key-missing', `The sealing key file ${path} (WINESAP_SEAL_KEY_FILE) does not exist.`);
}

function sealWith(first: SealKey, others: readonly SealKey[]): Omit<Seal, 'openFiles' | 'guessableKeys'> {
  const all = [first, ...others];
  const oldest = all.at(-1) ?? first;
  return {
    keyId: first.id,
    seal: (text, place) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        // The whole header is authenticated with the text.
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.id, place })
        .encrypt(first.bytes),
    open: async (sealed, place) => {
      const header = headerOf(sealed);
      const key = all.find(({ id }) => id === header.keyId);
      if (!key)
        throw new SealError(
          'seal.no-key-fits',
          `This secret was sealed with key ${header.keyId}, which is not among the keys.`,
        );
      let plaintext: Uint8Array;
      try {
        ({ plaintext } = await compactDecrypt(sealed, key.bytes, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        }));
      } catch (cause) {
        throw new SealError('seal.damaged', 'A sealed secret was changed after it was sealed.', { cause });
      }
      if (header.place !== null && header.place !== place)
        throw new SealError('seal.other-place', `A secret of ${header.place} was found in ${place}.`);
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(plaintext);
    },
    inspect: (sealed) => {
      const { keyId, place } = headerOf(sealed);
      const isThere = all.some(({ id }) => id === keyId);
      return { key: keyId === first.id ? 'present' : isThere ? 'older' : 'missing', isBound: place !== null };
    },
    makeSecret: () => randomBytes(32).toString('base64url'),
    fingerprint: (text) =>
      createHash('sha256').update('winesap fingerprint\0').update(text).digest('base64url').slice(0, 22),
    derive: (purpose) =>
      Buffer.from(hkdfSync('sha256', oldest.bytes, '', `winesap ${purpose}`, 32)).toString('base64url'),
  };
}

/** What a sealed text says about itself. The place is null in texts sealed before places existed. */
function headerOf(sealed: string): { keyId: string; place: string | null } {
  try {
    const { kid, place } = decodeProtectedHeader(sealed);
    if (kid) return { keyId: kid, place: typeof place === 'string' ? place : null };
  } catch {
    // The refusal below does not show the text.
  }
  throw new SealError('seal.damaged', 'A stored secret is not in the form of a sealed one.');
}
