import { type AnswerJson, type Lie, rowLists, spread } from './lie.ts';

/** What people wrote, or Apple did for people to read. */
const TEXTS = ['locationName', 'orgName', 'name', 'metadata', 'email', 'artistName', 'seller', 'errorMessage'];

const PIECES: Readonly<Record<string, string>> = {
  nul: '\u0000',
  control: '\u0007\u001b[31m\u009b',
  'line-break': '\r\n\u2028',
  direction: '\u202e\u2066',
  'lone-surrogate': '\ud83d',
  long: 'x'.repeat(100_000),
};

export const oddTexts: Lie = (answer, { options }) => {
  const names = typeof options.member === 'string' ? [options.member] : TEXTS;
  const rows = Number(options.rows);
  const spared = new Set<unknown>(rowLists(answer).flatMap((list) => without(list, spread(list, rows))));
  return spoil(answer, names, spared, (text) => {
    if (options.kind === 'empty') return '';
    const middle = Math.floor(text.length / 2);
    return `${text.slice(0, middle)}${PIECES[String(options.kind)]}${text.slice(middle)}`;
  });
};

function without<T>(all: readonly T[], some: readonly T[]): T[] {
  const taken = new Set(some);
  return all.filter((one) => !taken.has(one));
}

function spoil(
  value: unknown,
  names: readonly string[],
  spared: ReadonlySet<unknown>,
  change: (text: string) => string,
): boolean {
  if (typeof value !== 'object' || value === null || spared.has(value)) return false;
  let lied = false;
  for (const [name, member] of Object.entries(value as AnswerJson)) {
    if (typeof member === 'string' && names.includes(name)) {
      (value as AnswerJson)[name] = change(member);
      lied = true;
    } else if (spoil(member, names, spared, change)) lied = true;
  }
  return lied;
}
