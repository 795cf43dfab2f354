import { DAY_MS, type Instant, MINUTE_MS } from '../instant.ts';

/** When a channel sends, by the wall clock of its readers. Times of day are `HH:MM`. */
export interface Timing {
  /** IANA: Europe/Berlin. */
  timeZone: string;
  quiet: { from: string; to: string } | null;
  digest: Digest;
}

export type Digest =
  | { kind: 'immediately' }
  | { kind: 'daily'; at: string }
  /** 1 is Monday, 7 is Sunday. */
  | { kind: 'weekly'; weekday: number; at: string };

/**
 * Whether an alert that has waited since then may be sent now: its digest is due and it isn't in quiet hours. Computed
 * each time from the current time, so that a corrected clock or a changed channel takes effect immediately.
 */
export function mayLeave(timing: Timing, waiting: { since: Instant; urgent: boolean }, now: Instant): boolean {
  if (waiting.urgent) return true;
  if (isQuiet(timing, now)) return false;
  if (timing.digest.kind === 'immediately') return true;
  return waiting.since <= lastMoment(timing.digest, timing.timeZone, now);
}

export function isQuiet({ quiet, timeZone }: Timing, now: Instant): boolean {
  if (quiet === null) return false;
  const [from, to, at] = [minutesOf(quiet.from), minutesOf(quiet.to), wallClock(now, timeZone).minutes];
  return from <= to ? at >= from && at < to : at >= from || at < to;
}

/**
 * Returns the last instant at which the local wall clock showed this time of day, on the weekday if one is given. A
 * time that is skipped in spring counts once the clock has passed it; of a time that occurs twice in fall, the first
 * counts.
 */
export function lastMoment(plan: { at: string; weekday?: number }, timeZone: string, now: Instant): Instant {
  const minutes = minutesOf(plan.at);
  const today = wallClock(now, timeZone).dayMs;
  for (let daysAgo = 0; daysAgo <= 8; daysAgo += 1) {
    const dayMs = today - daysAgo * DAY_MS;
    if (plan.weekday !== undefined && weekdayOf(dayMs) !== plan.weekday) continue;
    const moment = whenWallShows(dayMs, minutes, timeZone);
    if (moment <= now) return moment;
  }
  return new Date(0);
}

/** Returns what the wall clock shows: the day as its midnight in UTC, and the minutes since midnight. */
function wallClock(instant: Instant, timeZone: string): { dayMs: number; minutes: number } {
  const shown = instant.getTime() + offsetMs(instant, timeZone);
  const dayMs = Math.floor(shown / DAY_MS) * DAY_MS;
  return { dayMs, minutes: Math.floor((shown - dayMs) / MINUTE_MS) };
}

/** Returns the first instant of that day at which the wall clock shows this minute, or a later one if it is skipped. */
function whenWallShows(dayMs: number, minutes: number, timeZone: string): Instant {
  const wanted = dayMs + minutes * MINUTE_MS;
  const offsets = [-DAY_MS, DAY_MS].map((near) => offsetMs(new Date(wanted + near), timeZone));
  const fits = offsets
    .map((offset) => new Date(wanted - offset))
    .filter((one) => one.getTime() + offsetMs(one, timeZone) === wanted)
    .sort((a, b) => a.getTime() - b.getTime());
  if (fits[0] !== undefined) return fits[0];
  return new Date(wanted - Math.min(...offsets));
}

function offsetMs(instant: Instant, timeZone: string): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatIn(timeZone).formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const shown = Date.UTC(year, month - 1, day, hour, minute, second);
  return shown - Math.floor(instant.getTime() / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function weekdayOf(dayMs: number): number {
  return ((Math.floor(dayMs / DAY_MS) + 3) % 7) + 1;
}
