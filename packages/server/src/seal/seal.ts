import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';
import { loadKeys, makeKeyFile } from './key-file.ts';
import { SealError } from './seal-error.ts';
import { readKeyList, type SealKey } from './seal-key.ts';

/** Secrets at rest: sealed with the first key, opened with whichever key they were sealed with. */
export interface Seal {
  /** Shape: a compact JWE (`dir`, `A256GCM`) that names its key. */
  seal(text: string): Promise<string>;
  /** Errors: `seal.no-key-fits`, `seal.damaged` (both `SealError`). */
  open(sealed: string): Promise<string>;
  /** Names a secret without giving it away: the same text, the same 22 letters, with any key. */
  fingerprint(text: string): string;
  /** A new secret nobody can guess, fit for an address: 43 letters. */
  makeSecret(): string;
  /** The key that seals now. */
  keyId: string;
  /** Another secret that follows from the oldest key, so that adding a new key in front does not change it. */
  derive(purpose: string): string;
}

export interface SealOptions {
  /** One key, or several with commas between; the first seals. */
  key?: string | undefined;
  /** A file that has to be there. */
  keyFile?: string | undefined;
  /** Where the key file is made at first start when neither of the others is given. */
  dataDir: string;
}

/**
 * Reads the sealing keys, or makes the first one. Keys of `key` and `keyFile` come before those of the data folder's
 * file, so an installation can move from one to the other.
 * Errors: `seal.key-invalid`, `seal.key-missing` (both `SealError`).
 */
export async function openSeal({ key, keyFile, dataDir }: SealOptions): Promise<Seal> {
  const ownFile = join(dataDir, 'seal-keys.json');
  const given = [...(key === undefined ? [] : readKeyList(key)), ...(keyFile ? await keysOfGivenFile(keyFile) : [])];
  const own = await loadKeys(ownFile);
  const [first, ...others] = [...given, ...(own ?? (given.length > 0 ? [] : await makeKeyFile(ownFile)))];
  if (!first) throw new SealError('seal.key-missing', 'There is no sealing key in WINESAP_SEAL_KEY.');
  return sealWith(first, others);
}

/** The id of the key a text was sealed with. Errors: `seal.damaged`. */
export function sealedWith(sealed: string): string {
  try {
    const { kid } = decodeProtectedHeader(sealed);
    if (kid) return kid;
  } catch {
    // Told below, without the text.
  }
  throw new SealError('seal.damaged', 'What should be a sealed secret is none.');
}

async function keysOfGivenFile(path: string): Promise<SealKey[]> {
  const keys = await loadKeys(path);
  if (keys) return keys;
  // Making one here would hide a missing mount behind a new key that opens nothing.
  throw new SealError('seal.key-missing', `The sealing key file ${path} (WINESAP_SEAL_KEY_FILE) does not exist.`);
}

function sealWith(first: SealKey, others: readonly SealKey[]): Seal {
  const all = [first, ...others];
  const oldest = all.at(-1) ?? first;
  return {
    keyId: first.id,
    seal: (text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.id })
        .encrypt(first.bytes),
    open: async (sealed) => {
      const kid = sealedWith(sealed);
      const key = all.find(({ id }) => id === kid);
      if (!key) {
        throw new SealError('seal.no-key-fits', `This secret was sealed with key ${kid}, which is not among the keys.`);
      }
      try {
        const { plaintext } = await compactDecrypt(sealed, key.bytes, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        return new TextDecoder().decode(plaintext);
      } catch (cause) {
        throw new SealError('seal.damaged', 'A sealed secret was changed after it was sealed.', { cause });
      }
    },
    makeSecret: () => randomBytes(32).toString('base64url'),
    fingerprint: (text) =>
      createHash('sha256').update('winesap fingerprint\0').update(text).digest('base64url').slice(0, 22),
    derive: (purpose) =>
      Buffer.from(hkdfSync('sha256', oldest.bytes, '', `winesap ${purpose}`, 32)).toString('base64url'),
  };
}
