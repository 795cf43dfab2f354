import { daysLeftWords, shortDate, shownDaysLeft } from '@winesap/api/words';
import type { CheckLevel, CheckReport, OtherFile, TokenCheck } from '@winesap/server/check';
import { factLines } from '../show/facts.ts';
import { indented } from '../show/indented.ts';
import type { Style } from '../terminal/style.ts';
import { type Column, tableLines } from '../terminal/table.ts';

interface View {
  terminal: { width: number; style: Style };
}

const LOOK: Record<CheckLevel, { mark: string; paint: keyof Style }> = {
  critical: { mark: '●', paint: 'red' },
  warning: { mark: '◐', paint: 'amber' },
  ok: { mark: '○', paint: 'green' },
  unknown: { mark: '?', paint: 'violet' },
};

const COLUMNS: readonly Column[] = [
  { title: 'State' },
  { title: 'Location', min: 12, least: 8 },
  { title: 'Organization', min: 12, least: 8, spare: 2 },
  { title: 'Days left', align: 'right' },
  { title: 'Managed by', min: 8, spare: 1 },
  { title: 'File', min: 12, least: 8 },
];

/**
 * Returns the lines below the first one: everything about a single token, or a table of several; then files that are
 * something else.
 */
export function reportLines({ tokens, others }: CheckReport, { terminal }: View): string[] {
  const { style, width } = terminal;
  const [first] = tokens;
  const about =
    first === undefined
      ? []
      : tokens.length === 1
        ? tokenLines(first, style, width)
        : [...manyLines(tokens, style, width), ...tokens.flatMap((token) => whyLines(token, style, width))];
  return [...about, ...others.flatMap((other) => otherLines(other, style, width))];
}

function manyLines(tokens: readonly TokenCheck[], style: Style, width: number): string[] {
  const rows = tokens.map((token) => [
    { text: `${LOOK[token.level].mark} ${token.label}`, paint: style[LOOK[token.level].paint] },
    { text: token.locationName ?? '–' },
    { text: token.organizationName ?? '–' },
    { text: daysWords(token) },
    { text: token.claim === null ? '–' : claimWords(token) },
    { text: token.file },
  ]);
  return tableLines(COLUMNS, rows, width, style.bold) ?? tokens.flatMap((token) => tokenLines(token, style, width));
}

/** For the tokens in a table, the causes and next steps. */
function whyLines(token: TokenCheck, style: Style, width: number): string[] {
  if (token.level === 'ok') return [];
  return ['', headline(token, style, token.locationName ?? token.file), ...causeLines(token, style, width)];
}

function tokenLines(token: TokenCheck, style: Style, width: number): string[] {
  return [
    headline(token, style, token.label),
    ...causeLines(token, style, width),
    ...factLines([
      ['Expires', token.expiresAt && `${shortDate(token.expiresAt)} (${daysLeftWords(token.daysLeft)})`],
      ['Location', token.locationName],
      ['Identification number', token.uId],
      ['Organization', token.organizationName],
      ['Country', token.country],
      ['Managed by', token.uId === null ? null : claimWords(token)],
      ['File', token.file === '-' ? 'standard input' : token.file],
    ]),
  ];
}

function headline({ level, title }: TokenCheck, style: Style, start: string): string {
  return `${style[LOOK[level].paint](`${LOOK[level].mark} ${start}`)}  ${title}`;
}

function causeLines(token: TokenCheck, style: Style, width: number): string[] {
  if (token.level === 'ok') return token.state === 'not-asked' ? indented(token.cause, width) : [];
  const said = token.apple === null ? [] : indented(`Apple said: ${token.apple}`, width).map(style.grey);
  const why = [token.cause, token.consequence].filter((text) => text !== '').flatMap((text) => indented(text, width));
  return [...why, ...said, ...indented(`Next step: ${token.nextStep.text}`, width).map(style.bold)];
}

function otherLines(other: OtherFile, style: Style, width: number): string[] {
  const line = `${other.file}: ${other.title}`;
  if (other.level === null) return indented(line, width).map(style.grey);
  return ['', style.violet(`? ${line}`), ...indented(other.detail, width), style.grey(`  ${other.code}`)];
}

/** A revoked token has no days left, whatever its file says. */
function daysWords({ state, daysLeft }: TokenCheck): string {
  return daysLeft === null || state === 'revoked' || state === 'invalid' ? '–' : String(shownDaysLeft(daysLeft));
}

function claimWords({ claim }: TokenCheck): string {
  if (claim === null) return 'nobody';
  return claim.name ? `“${claim.name}”` : 'a server without a name';
}
