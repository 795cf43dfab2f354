import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes the folder if it is missing and closes it to everybody else (mode 700). */
export function prepareDataFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  closePath(folder);
  if (made) syncPath(dirname(folder));
}

/**
 * Closes every file and folder below to everybody else, where an older Winesap left them open. Looks at one file only, once
 * that is done.
 */
export async function closeTree(folder: string): Promise<void> {
  if (!isOpen(statSync(join(folder, 'PG_VERSION')).mode)) return;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    // That one last, so that a start that was interrupted here goes on where it was.
    if (path !== join(folder, 'PG_VERSION')) closePath(path);
  }
  closePath(join(folder, 'PG_VERSION'));
}

/** Closes a file or folder to everybody but its owner. */
export function closePath(path: string): void {
  const { mode } = statSync(path);
  if (!isOpen(mode)) return;
  try {
    chmodSync(path, mode & 0o777 & ~OTHERS);
  } catch (error) {
    // A mounted volume may belong to somebody else and still be ours to write; then its owner decides.
    if (!isPermissionError(error)) throw error;
  }
}

const OTHERS = 0o077;

function isOpen(mode: number): boolean {
  return (mode & OTHERS) !== 0;
}

/** Writes what the system still holds of this file or folder to the disk. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The same for everything below a folder, and the folder itself. Many at once, so that the disk can join them. */
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
