import type { Timing } from '@winesap/api';
import { WEEKDAYS } from '@winesap/api/words';
import { refusal } from '../refusal.ts';

/** `none`, or `22:00-07:00`. Errors: usage.quiet. */
export function readQuiet(text: string): Timing['quiet'] {
  if (text === 'none') return null;
  const [from = '', to = ''] = text.replace('–', '-').split('-');
  if (isTime(from) && isTime(to)) return { from, to };
  throw refusal('usage.quiet', `“${text}” isn’t a valid time range.`, 'Write them like 22:00-07:00, or none.');
}

/** `at-once`, `daily@08:00`, `monday@08:00`. Errors: usage.digest. */
export function readDigest(text: string): Timing['digest'] {
  if (text === 'at-once') return { kind: 'immediately' };
  const [when = '', at = ''] = text.toLowerCase().split('@');
  if (isTime(at) && when === 'daily') return { kind: 'daily', at };
  const weekday = weekdayOf(when);
  if (isTime(at) && weekday !== null) return { kind: 'weekly', weekday, at };
  throw refusal(
    'usage.digest',
    `“${text}” isn’t a valid time for digests.`,
    'Write at-once, daily@08:00 or monday@08:00.',
  );
}

/** `monday@08:00`; null for `none`. Errors: usage.report. */
export function readReportTime(text: string): { weekday: number; at: string } | null {
  if (text === 'none') return null;
  const [when = '', at = ''] = text.toLowerCase().split('@');
  const weekday = weekdayOf(when);
  if (weekday !== null && isTime(at)) return { weekday, at };
  throw refusal('usage.report', `“${text}” isn’t a valid time for a weekly report.`, 'Write monday@08:00, or none.');
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

function weekdayOf(text: string): number | null {
  const at = text.length < 3 ? -1 : WEEKDAYS.findIndex((day) => day.toLowerCase().startsWith(text));
  return at === -1 ? null : at + 1;
}
