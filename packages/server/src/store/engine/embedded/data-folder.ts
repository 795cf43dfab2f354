import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Creates the folder if it is missing and restricts it to its owner (mode 700). */
export function prepareDataFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  closePath(folder);
  if (made) syncPath(dirname(folder));
}

/**
 * Restricts every file and folder below to its owner, if an older Winesap left them open. Once that is done, it checks
 * only one file.
 */
export async function closeTree(folder: string): Promise<void> {
  if (!isOpen(statSync(join(folder, 'PG_VERSION')).mode)) return;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    // This one last, so that an interrupted start resumes here.
    if (path !== join(folder, 'PG_VERSION')) closePath(path);
  }
  closePath(join(folder, 'PG_VERSION'));
}

/** Restricts a file or folder to its owner. */
export function closePath(path: string): void {
  const { mode } = statSync(path);
  if (!isOpen(mode)) return;
  try {
    chmodSync(path, mode & 0o777 & ~OTHERS);
  } catch (error) {
    // A mounted volume may belong to another user and still be writable; then its owner decides.
    if (!isPermissionError(error)) throw error;
  }
}

const OTHERS = 0o077;

function isOpen(mode: number): boolean {
  return (mode & OTHERS) !== 0;
}

/** Flushes this file or folder to disk. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Does the same for a folder and everything below it, many at once, so that the disk can combine them. */
export async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
  const next = [folder, ...paths].values();
  const syncSome = async () => {
    for (const path of next) {
      const file = await open(path, 'r');
      await file.sync().finally(() => file.close());
    }
  };
  await Promise.all(Array.from({ length: 8 }, syncSome));
}

function isPermissionError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPERM';
}
