import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { newSealKey, readKeyFile, type SealKey, writeKeyFile } from './seal-key.ts';

/** Returns the keys in this file, or nothing if the file doesn't exist. */
export async function loadKeys(path: string): Promise<SealKey[] | undefined> {
  try {
    return readKeyFile(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Returns the file's mode, such as `644`, if everyone on this machine can read or change it; null if not, or if the
 * file doesn't exist.
 */
export async function openMode(path: string): Promise<string | null> {
  try {
    const mode = (await stat(path)).mode & 0o777;
    return (mode & 0o006) === 0 ? null : mode.toString(8);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/**
 * Creates the file with a first key, mode 600, and flushes it to disk before anything is sealed with it. An existing
 * file is never overwritten: if two processes start at once, one creates it and both use it.
 */
export async function makeKeyFile(path: string): Promise<SealKey[]> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(writeKeyFile([newSealKey()]));
      await file.sync();
    } finally {
      await file.close();
    }
    // A link, unlike a rename, fails if the name is taken, and shows the file only once it is complete.
    await link(draft, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  return readKeyFile(await readFile(path, 'utf8'));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
