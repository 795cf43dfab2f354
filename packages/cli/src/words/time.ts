import { shownDaysLeft } from '@winesap/api';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago an instant was: `3 min ago`, `2 h ago`, `5 d ago`; `never` for null, `in 4 min` for what comes. */
export function ago(instant: string | null, now: Date): string {
  if (instant === null) return 'never';
  const ms = now.getTime() - Date.parse(instant);
  if (Number.isNaN(ms)) return instant;
  const size = Math.abs(ms);
  if (size < 45_000) return ms < -5_000 ? 'in a moment' : 'just now';
  const words =
    size < 90 * MINUTE ? count(size, MINUTE, 'min') : size < 2 * DAY ? count(size, HOUR, 'h') : count(size, DAY, 'd');
  return ms < 0 ? `in ${words}` : `${words} ago`;
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const momentFormat = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const lineFormat = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `21 Jun 2027`, in this machine's time zone. */
export const day = (instant: string): string => spoken(dayFormat, instant);

/** `21 Jun 2027, 14:02` */
export const moment = (instant: string): string => spoken(momentFormat, instant);

/** `21 Jun, 14:02:31`, always of one width: for the start of a line of the log. */
export const logTime = (instant: string): string => spoken(lineFormat, instant);

/** `212 days left`, `less than a day left`, `expired 2 days ago`, from whole days rounded down: −1 is the first day after. */
export function daysLeftWords(days: number | null): string {
  if (days === null) return 'expiry not known';
  if (days === -1) return 'expired less than a day ago';
  if (days < 0) return `expired ${plural(-shownDaysLeft(days), 'day')} ago`;
  return days === 0 ? 'less than a day left' : `${plural(days, 'day')} left`;
}

/** `1 day`, `1,200 days` */
export function plural(number: number | null, word: string, many = `${word}s`): string {
  return `${amount(number)} ${number === 1 ? word : many}`;
}

const numberFormat = new Intl.NumberFormat('en-US');

/** `48,000`; `unknown` for what Apple didn't say. */
export const amount = (number: number | null): string => (number === null ? 'unknown' : numberFormat.format(number));

function count(ms: number, unit: number, word: string): string {
  return `${Math.max(1, Math.round(ms / unit))} ${word}`;
}

function spoken(format: Intl.DateTimeFormat, instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : format.format(at);
}
