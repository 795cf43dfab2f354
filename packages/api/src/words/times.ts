import { count } from './numbers.ts';

/** Times in words. Pure: the current time is an argument, in milliseconds or as a `Date`. */
type Now = number | Date;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface TimeWords {
  /** `22 November 2026 at 14:02:11 CET` in the reader's time zone. */
  fullTime(instant: string): string;
  /** `22 Nov 2026` in the reader's time zone. */
  shortDate(instant: string): string;
  /** `22 Nov 2026, 14:02` in the reader's time zone. */
  shortDateTime(instant: string): string;
  /** The same for narrow columns: `22 Nov, 14:02`, with the year if it isn't the current one. */
  briefDateTime(instant: string, now: Now): string;
}

/** Dates in the first known of these locales; the words around them stay English. */
export function timeWords(locales: string | readonly string[]): TimeWords {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat([locales].flat(), options);
  const day = { day: 'numeric', month: 'short' } as const;
  const minute = { hour: 'numeric', minute: '2-digit' } as const;
  const full = format({ dateStyle: 'long', timeStyle: 'long' });
  const dates = format({ ...day, year: 'numeric' });
  const dateTimes = format({ ...day, year: 'numeric', ...minute });
  const thisYear = format({ ...day, ...minute });
  return {
    fullTime: (instant) => spoken(full, instant),
    shortDate: (instant) => spoken(dates, instant),
    shortDateTime: (instant) => spoken(dateTimes, instant),
    briefDateTime: (instant, now) => {
      const sameYear = new Date(instant).getFullYear() === new Date(now).getFullYear();
      return spoken(sameYear ? thisYear : dateTimes, instant);
    },
  };
}

/** For output without a locale: in a terminal, whose output other programs may read. */
export const { fullTime, shortDate, shortDateTime } = timeWords('en-GB');

/** Text that isn't an instant is shown unchanged: a newer server may send something else. */
function spoken(format: Intl.DateTimeFormat, instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : format.format(at);
}

/** The time since then, or until then: `just now`, `3 min ago`, `2 h ago`, `in 5 d`; `never` for null. */
export function agoShort(instant: string | null, now: Now): string {
  if (instant === null) return 'never';
  const passed = Number(now) - Date.parse(instant);
  if (Number.isNaN(passed)) return instant;
  const span = Math.abs(passed);
  // Clocks differ by seconds: an instant slightly ahead of ours has most likely passed.
  if (span < 45 * SECOND) return passed < -20 * SECOND ? 'in a moment' : 'just now';
  const words =
    span < 90 * MINUTE
      ? `${Math.round(span / MINUTE)} min`
      : span < 36 * HOUR
        ? `${Math.round(span / HOUR)} h`
        : `${count(Math.round(span / DAY))} d`;
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
