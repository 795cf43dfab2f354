import { posix } from 'node:path';
import type { SourceFile } from './source.ts';

/** Most end before 250. A longer file contains a second idea. */
export const MAX_LINES = 400;

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(property|module|d))?(\.test)?\.(ts|tsx|css|sql|sh)$/;
const EMPTY_WORDS = /(^|-)(utils?|helpers?|managers?|misc|common-stuff)\./;
/** Concatenated, so that this file does not match itself. */
const NOTES = new RegExp(`\\b(${['FIX', 'ME'].join('')}|${['XX', 'X'].join('')}|${['HA', 'CK'].join('')})\\b`);

export function tooLong({ text }: SourceFile): boolean {
  return text.trimEnd().split('\n').length > MAX_LINES;
}

/** Returns what is wrong with a file's name, as a sentence; null if nothing is. */
export function nameProblem(path: string): string | null {
  const name = posix.basename(path);
  if (!KEBAB.test(name)) return `${path} is not in kebab-case`;
  if (EMPTY_WORDS.test(name)) return `${path} does not say what is in it`;
  // One entry point per package; further ones make everything import everything.
  if (/\/src\/.+\/index\.tsx?$/.test(path)) return `${path} collects others; only a package has an index`;
  return null;
}

export function notesLeft({ path, text }: SourceFile): string[] {
  return text.split('\n').flatMap((line, index) => (NOTES.test(line) ? [`${path}:${index + 1}`] : []));
}
