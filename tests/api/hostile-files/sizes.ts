import { type HostileFile, hostile } from './hostile-file.ts';

const LIMIT = 64 * 1024;
const MEGABYTE = 1024 * 1024;

/** Nothing, next to nothing, and far too much. */
export function sizes(token: string): HostileFile[] {
  return [
    hostile('nothing', ''),
    ...[' ', '\n', '\r\n', '\t', '\u00a0', '\ufeff', '\u2028', '\u3000'].map((blank) =>
      hostile(`nothing but blanks: ${JSON.stringify(blank)}`, blank.repeat(50)),
    ),
    ...['=', '/', '+', '0', '-', '.'].map((letter) => hostile(`only ${letter}`, letter)),
    hostile('60,000 line breaks', '\n'.repeat(60_000)),
    hostile('60,000 byte order marks in a row', Buffer.from('\ufeff'.repeat(20_000))),
    hostile('60,000 times A', 'A'.repeat(60_000)),
    hostile('60,000 times =', '='.repeat(60_000)),
    hostile('60,000 times %', '%'.repeat(60_000)),
    hostile('60,000 times "', '"'.repeat(60_000)),
    hostile('a letter on every second line', 'A\n'.repeat(30_000)),
    hostile('just too many blanks around a token', ' '.repeat(LIMIT) + token),
    hostile('one byte too many', 'A'.repeat(LIMIT + 1)),
    hostile('a megabyte of line breaks', '\n'.repeat(MEGABYTE)),
    hostile('ten megabytes of one letter', Buffer.alloc(10 * MEGABYTE, 'A')),
    hostile('ten megabytes of U+0000', Buffer.alloc(10 * MEGABYTE)),
  ];
}
