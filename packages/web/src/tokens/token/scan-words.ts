import type { Scan } from '@winesap/api';
import { count, duration, some } from '../../parts/words.ts';

export function isScanning(scan: Scan | null): boolean {
  return scan !== null && (scan.state === 'queued' || scan.state === 'running');
}

/** Assets are few and quickly read; the bar is mostly about assignments. */
const ASSETS_SHARE = 0.1;

/** Between 0 and 1, never falling as totals become known; nothing until Apple has said how many assets there are. */
export function shareDone({ assets, assignments }: Scan): number | null {
  if (assets.total === null) return null;
  return ASSETS_SHARE * partDone(assets) + (1 - ASSETS_SHARE) * partDone(assignments);
}

function partDone({ done, total }: Scan['assets']): number {
  if (total === null) return 0;
  return total === 0 ? 1 : Math.min(1, done / total);
}

/** Assets and assignments read in a second; nothing where it was over, or had begun, too lately to tell. */
export function rowsPerSecond({ assets, assignments, seconds }: Scan): number | null {
  const rows = assets.done + assignments.done;
  return seconds === null || seconds < 1 || rows === 0 ? null : Math.round(rows / seconds);
}

/** `assets 212 of 212 · assignments 48,000 of 61,204 · 52 requests · 3,400 rows/s · about 12 s left` */
export function progressWords(scan: Scan): string {
  if (scan.state === 'queued') return 'waiting for its turn';
  const part = (name: string, { done, total }: Scan['assets']) =>
    total === null
      ? done === 0
        ? `${name} …`
        : `${name} ${count(done)}`
      : `${name} ${count(done)} of ${count(total)}`;
  const left = scan.secondsLeft === null ? [] : [`about ${duration(scan.secondsLeft)} left`];
  const asked = scan.requests === 0 ? [] : [some(scan.requests, 'request')];
  const rate = rowsPerSecond(scan);
  const pace = rate === null ? [] : [`${count(rate)} rows/s`];
  const users = scan.users === null ? [] : [part('users', scan.users)];
  return [
    part('assets', scan.assets),
    part('assignments', scan.assignments),
    ...users,
    ...asked,
    ...pace,
    ...left,
  ].join(' · ');
}

/** `3 new, 14 counts changed.` */
export function changeWords(changes: NonNullable<Scan['changes']>): string {
  const parts = [
    [changes.assetsAdded, 'new'],
    [changes.assetsGone, 'gone'],
    [changes.countsChanged, 'counts changed'],
    [changes.assigned, 'assigned since'],
    [changes.unassigned, 'released since'],
    [changes.usersRegistered, 'users registered'],
    [changes.usersRetired, 'users retired'],
    [changes.usersChanged, 'users changed'],
    [changes.usersGone, 'users gone'],
  ] as const;
  const said = parts.filter(([value]) => value > 0).map(([value, words]) => `${count(value)} ${words}`);
  return said.length === 0 ? 'Nothing had changed at Apple.' : `${said.join(', ')}.`;
}
