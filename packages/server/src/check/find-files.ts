import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file to check. `named`: a person named it, or its name says that it is a token, so it has to be one. */
export interface FoundFile {
  path: string;
  named: boolean;
  /** Why it can't be read: the system's code (`ENOENT`, `EACCES`), or `EMPTY` for an empty folder. */
  problem?: string;
}

/** Returns the files: for a folder, every file directly in it, by name, without subfolders. */
export async function findFiles(paths: readonly string[]): Promise<FoundFile[]> {
  const found = await Promise.all(paths.map(filesOf));
  return found.flat();
}

async function filesOf(path: string): Promise<FoundFile[]> {
  if (path === '-') return [{ path, named: true }];
  try {
    if (!(await stat(path)).isDirectory()) return [{ path, named: true }];
    const names = (await readdir(path)).sort();
    const files = await Promise.all(names.map((name) => fileIn(path, name)));
    const present = files.filter((file) => file !== null);
    return present.length === 0 ? [{ path, named: true, problem: 'EMPTY' }] : present;
  } catch (error) {
    return [{ path, named: true, problem: codeOf(error) }];
  }
}

async function fileIn(folder: string, name: string): Promise<FoundFile | null> {
  const path = join(folder, name);
  const named = name.toLowerCase().endsWith('.vpptoken');
  try {
    // Pipes and devices in a folder aren't tokens, and reading them may never end.
    return (await stat(path)).isFile() ? { path, named } : null;
  } catch (error) {
    return { path, named, problem: codeOf(error) };
  }
}

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'EIO';
}
