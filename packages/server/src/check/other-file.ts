import type { ErrorCode } from '@winesap/core';
import { wordsOf } from '../http/refusals/errors.ts';
import type { OtherFile } from './check-report.ts';
import type { FoundFile } from './find-files.ts';

/** Describes a file that is not a content token, in the words of the console and the API. */
export function notAToken(file: FoundFile, code: ErrorCode): OtherFile {
  const { title, detail } = wordsOf(code);
  // A check stores nothing anyway, and there is no window to drop a file on.
  return other(file, code, title, detail.replace(' Nothing was stored.', '').replace(': drop that file here.', '.'));
}

const SYSTEM: Record<string, string> = {
  ENOENT: 'There is no such file.',
  EACCES: 'You may not read this file.',
  EPERM: 'You may not read this file.',
  ELOOP: 'This link leads nowhere.',
};

/** Describes a file that can't be read. `problem` is the system's code. */
export function unreadable(file: FoundFile, problem: string): OtherFile {
  if (problem === 'EMPTY')
    return other(
      file,
      'check.empty-folder',
      'There is no file in this folder.',
      'Give the folder with the token files.',
    );
  const title = SYSTEM[problem] ?? `This file cannot be read (${problem}).`;
  return other(
    file,
    'check.unreadable',
    title,
    'Give the path of a .vpptoken file, or - to read it from standard input.',
  );
}

function other({ path, named }: FoundFile, code: string, title: string, detail: string): OtherFile {
  return { kind: 'other', file: path, level: named ? 'unknown' : null, code, title, detail };
}
