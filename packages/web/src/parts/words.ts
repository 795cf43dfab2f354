import { shownDaysLeft } from '@winesap/api';

/** Numbers, sizes and times in words. Pure; the clock comes in as an argument. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const counts = new Intl.NumberFormat('en-US');
const fullDates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' });
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const dateTimes = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `61,204`, with a true minus sign before negative numbers; `unknown` for what Apple didn't say. */
export function count(value: number | null): string {
  return value === null ? 'unknown' : counts.format(value).replace('-', '−');
}

/** `1 app`, `3 apps`, `unknown apps`. */
export function some(value: number | null, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `22 November 2026 at 14:02:11 CET` in the reader's time zone. */
export function fullTime(instant: string): string {
  return fullDates.format(new Date(instant));
}

/** `22 Nov 2026` in the reader's time zone. */
export function shortDate(instant: string): string {
  return dates.format(new Date(instant));
}

/** `22 Nov 2026, 14:02` in the reader's time zone. */
export function shortDateTime(instant: string): string {
  return dateTimes.format(new Date(instant));
}

/** `just now`, `3 minutes ago`, `in 2 days`; beyond two months the date itself. */
export function ago(instant: string, now: number): string {
  const away = now - Date.parse(instant);
  const span = Math.abs(away);
  if (span < 45_000) return 'just now';
  if (span > 60 * DAY) return shortDate(instant);
  const words =
    span < 90 * MINUTE
      ? some(Math.max(1, Math.round(span / MINUTE)), 'minute')
      : span < 36 * HOUR
        ? some(Math.round(span / HOUR), 'hour')
        : some(Math.round(span / DAY), 'day');
  return away >= 0 ? `${words} ago` : `in ${words}`;
}

/** `now`, `3 min`, `2 h`, `5 d`: the same for narrow columns. */
export function agoShort(instant: string, now: number): string {
  const span = Math.abs(now - Date.parse(instant));
  if (span < 45_000) return 'just now';
  const words =
    span < 90 * MINUTE
      ? `${Math.max(1, Math.round(span / MINUTE))} min`
      : span < 36 * HOUR
        ? `${Math.round(span / HOUR)} h`
        : `${count(Math.round(span / DAY))} d`;
  return now >= Date.parse(instant) ? `${words} ago` : `in ${words}`;
}

/** `212 days`, `1 day`, `expires today`; -1 is an end within the last day: `expired today`, `expired 2 days ago`. */
export function daysLeftWords(daysLeft: number): string {
  if (daysLeft === -1) return 'expired today';
  if (daysLeft < 0) return `expired ${some(-shownDaysLeft(daysLeft), 'day')} ago`;
  if (daysLeft === 0) return 'expires today';
  return some(daysLeft, 'day');
}

/** `512 bytes`, `63.9 KiB`, `1.0 GiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return some(bytes, 'byte');
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** `12 s`, `4 min`, `1 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
}

/** `Northwind / Retail`; a policy that bears its organization's name is said once. */
export function placeOf(at: { organizationName: string; policyName: string }): string {
  return at.organizationName === at.policyName ? at.policyName : `${at.organizationName} / ${at.policyName}`;
}
