import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** From the repository's root, with `/`. */
  path: string;
  text: string;
}

const NOT_OURS = /(^|\/)(node_modules|dist|coverage)\//;

/**
 * Returns the files below a folder of the repository whose path matches. An empty result is an error, because it means
 * a wrong path.
 */
export function sourceFiles(folder: string, pattern: RegExp): SourceFile[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => pattern.test(path) && !NOT_OURS.test(path))
    .sort();
  if (files.length === 0) throw new Error(`No file below ${folder} matches ${pattern}.`);
  return files.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** Like `sourceFiles`, for folders that may not exist, such as the tests of a package without any. */
export function sourceFilesIfAny(folder: string, pattern: RegExp): SourceFile[] {
  try {
    return sourceFiles(folder, pattern);
  } catch {
    return [];
  }
}
