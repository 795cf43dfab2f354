import { count, plural } from './numbers.ts';

/** Times in words. Pure: the clock comes in as an argument, in milliseconds or as a `Date`. */
type Now = number | Date;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const fullTimes = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' });
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const dateTimes = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `22 November 2026 at 14:02:11 CET` in the reader's time zone. */
export const fullTime = (instant: string): string => spoken(fullTimes, instant);

/** `22 Nov 2026` in the reader's time zone. */
export const shortDate = (instant: string): string => spoken(dates, instant);

/** `22 Nov 2026, 14:02` in the reader's time zone. */
export const shortDateTime = (instant: string): string => spoken(dateTimes, instant);

/** What isn't an instant is shown as it came: a newer server may say something else there. */
function spoken(format: Intl.DateTimeFormat, instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : format.format(at);
}

/** `just now`, `3 minutes ago`, `in 2 days`; beyond two months the date itself. */
export function ago(instant: string, now: Now): string {
  const passed = Number(now) - Date.parse(instant);
  return Math.abs(passed) > 60 * DAY ? shortDate(instant) : age(instant, passed, LONG);
}

/** The same for narrow columns: `3 min ago`, `2 h ago`, `in 5 d`; `never` for null. */
export function agoShort(instant: string | null, now: Now): string {
  return instant === null ? 'never' : age(instant, Number(now) - Date.parse(instant), SHORT);
}

type Unit = (value: number) => string;
interface Units {
  minutes: Unit;
  hours: Unit;
  days: Unit;
}

const LONG: Units = {
  minutes: (value) => plural(value, 'minute'),
  hours: (value) => plural(value, 'hour'),
  days: (value) => plural(value, 'day'),
};
const SHORT: Units = {
  minutes: (value) => `${value} min`,
  hours: (value) => `${value} h`,
  days: (value) => `${count(value)} d`,
};

function age(instant: string, passed: number, { minutes, hours, days }: Units): string {
  if (Number.isNaN(passed)) return instant;
  const span = Math.abs(passed);
  // Clocks differ by seconds: what is a little ahead of ours has most likely happened.
  if (span < 45 * SECOND) return passed < -20 * SECOND ? 'in a moment' : 'just now';
  const words =
    span < 90 * MINUTE
      ? minutes(Math.round(span / MINUTE))
      : span < 36 * HOUR
        ? hours(Math.round(span / HOUR))
        : days(Math.round(span / DAY));
  return passed >= 0 ? `${words} ago` : `in ${words}`;
}

/** `12 s`, `4 min`, `1 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}
