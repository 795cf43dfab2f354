import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { refusal } from '../refusal.ts';

export interface StoredKey {
  id: string;
  key: string;
}

/** Where `winesap login` stores its keys: `$XDG_CONFIG_HOME/winesap/keys.json`, else under `~/.config`. */
function keysPath(env: Context['env']): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'winesap', 'keys.json');
}

/** Returns the key stored for an address, or null. An unreadable file is reported, not ignored. */
export async function storedKey(env: Context['env'], url: string): Promise<StoredKey | null> {
  return (await readKeys(env))[url] ?? null;
}

/** Stores the key for an address (null removes it), in a file that only this person can read. */
export async function storeKey(env: Context['env'], url: string, key: StoredKey | null): Promise<string> {
  const path = keysPath(env);
  const keys = await readKeys(env);
  if (key === null) delete keys[url];
  else keys[url] = key;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Written to a temporary file and renamed, so that a full disk or a power loss leaves the old file intact.
  const beside = `${path}.${randomUUID()}.new`;
  await writeFile(beside, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await rename(beside, path);
  return path;
}

function isStored(entry: [string, unknown]): entry is [string, StoredKey] {
  const key = entry[1] as Partial<StoredKey> | null;
  return typeof key?.id === 'string' && typeof key.key === 'string';
}

async function readKeys(env: Context['env']): Promise<Record<string, StoredKey>> {
  const path = keysPath(env);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return {};
    throw unreadable(path, code ?? 'unreadable');
  }
  try {
    const keys: unknown = JSON.parse(text);
    if (keys !== null && typeof keys === 'object') return Object.fromEntries(Object.entries(keys).filter(isStored));
  } catch {
    // Reported below: a file that isn't JSON isn't a key store.
  }
  throw unreadable(path, 'it is not JSON');
}

function unreadable(path: string, why: string) {
  return refusal(
    'usage.stored-keys',
    `The stored API keys in ${path} cannot be read (${why}).`,
    'Mend or delete that file, then run winesap login again; or give a key with --api-key-file.',
  );
}
