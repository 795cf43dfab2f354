import type { Scan } from '../schemas/scan.ts';
import { count, plural } from './numbers.ts';
import { duration } from './times.ts';

export function isScanning(scan: Scan | null): boolean {
  return scan !== null && (scan.state === 'queued' || scan.state === 'running');
}

/** Why a scan was started. */
export const SCAN_REASON_WORD: Record<Scan['reason'], string> = {
  button: 'Scan Now',
  schedule: 'on schedule',
  renewal: 'after a renewal',
  added: 'of a new token',
  notification: 'after Apple’s notifications',
};

/** What a scan read. */
export const SCAN_KIND_WORD: Record<NonNullable<Scan['kind']>, string> = {
  full: 'everything',
  changes: 'what changed',
};

/** Assets and assignments read per second; null if it started or ended too recently to tell. */
export function rowsPerSecond({ assets, assignments, seconds }: Scan): number | null {
  const rows = assets.done + assignments.done;
  return seconds === null || seconds < 1 || rows === 0 ? null : Math.round(rows / seconds);
}

/** `assets 212 of 212 · assignments 48,000 of 61,204 · 52 requests · 3,400 rows/s · about 12 s left` */
export function progressWords(scan: Scan): string {
  if (scan.state === 'queued') return 'waiting for its turn';
  const rate = rowsPerSecond(scan);
  return [
    part('assets', scan.assets),
    part('assignments', scan.assignments),
    scan.users !== null && part('users', scan.users),
    scan.requests > 0 && plural(scan.requests, 'request'),
    rate !== null && `${count(rate)} rows/s`,
    scan.secondsLeft !== null && `about ${duration(scan.secondsLeft)} left`,
  ]
    .filter((words) => words !== false)
    .join(' · ');
}

function part(name: string, { done, total }: Scan['assets']): string {
  if (total !== null) return `${name} ${count(done)} of ${count(total)}`;
  return done === 0 ? `${name} …` : `${name} ${count(done)}`;
}

/** `3 new assets, 14 counts changed, 2 licenses assigned`; null if nothing changed. */
export function changeWords(changes: NonNullable<Scan['changes']>): string | null {
  const parts = [
    [changes.assetsAdded, 'new asset'],
    [changes.assetsGone, 'asset gone', 'assets gone'],
    [changes.countsChanged, 'count changed', 'counts changed'],
    [changes.assigned, 'license assigned', 'licenses assigned'],
    [changes.unassigned, 'license released', 'licenses released'],
    [changes.usersRegistered, 'user registered', 'users registered'],
    [changes.usersRetired, 'user retired', 'users retired'],
    [changes.usersChanged, 'user changed', 'users changed'],
    [changes.usersGone, 'user gone', 'users gone'],
  ] as const;
  const said = parts.filter(([value]) => value > 0).map(([value, one, many]) => plural(value, one, many));
  return said.length === 0 ? null : said.join(', ');
}
