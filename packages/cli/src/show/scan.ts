import type { Scan } from '@winesap/api';
import { amount, plural } from '../words/time.ts';

/** `assets 212 of 212 · assignments 48,000 of 61,204 · 52 requests · 3,400 rows/s · about 12 s left`, as the console says it. */
export function scanProgress(scan: Scan): string {
  if (scan.state === 'queued') return 'Waiting for the scan to start …';
  return [
    `Reading from Apple: assets ${progress(scan.assets)}`,
    `assignments ${progress(scan.assignments)}`,
    ...(scan.users === null ? [] : [`users ${progress(scan.users)}`]),
    ...(scan.requests === 0 ? [] : [plural(scan.requests, 'request')]),
    ...rate(scan),
    ...(scan.secondsLeft === null ? [] : [`about ${secondsWords(scan.secondsLeft)} left`]),
  ].join(' · ');
}

/** What a scan that ended has found. */
export function scanLines(scan: Scan): string[] {
  const { changes, discrepancy } = scan;
  const read = `Read ${plural(scan.assets.done, 'asset')} and ${plural(scan.assignments.done, 'assignment')} with ${plural(scan.requests, 'request')} to Apple.`;
  if (changes === null) return [read];
  const doubt =
    discrepancy === null
      ? []
      : [
          `Doubtful: ${discrepancy.text}`,
          'What was known is kept, and what is new is shown. Winesap asks Apple again by itself.',
        ];
  const parts = [
    [changes.assetsAdded, 'new'],
    [changes.assetsGone, 'gone'],
    [changes.countsChanged, changes.countsChanged === 1 ? 'count changed' : 'counts changed'],
    [changes.assigned, 'newly assigned'],
    [changes.unassigned, 'no longer assigned'],
    [changes.usersRegistered, changes.usersRegistered === 1 ? 'user registered' : 'users registered'],
    [changes.usersRetired, changes.usersRetired === 1 ? 'user retired' : 'users retired'],
    [changes.usersChanged, changes.usersChanged === 1 ? 'user changed' : 'users changed'],
    [changes.usersGone, changes.usersGone === 1 ? 'user gone' : 'users gone'],
  ] as const;
  const found = parts.filter(([number]) => number > 0).map(([number, word]) => `${amount(number)} ${word}`);
  return [
    read,
    ...doubt,
    found.length === 0 ? 'Nothing has changed since the scan before.' : `Since the scan before: ${found.join(', ')}.`,
  ];
}

/** Rows in a second; nothing in the first, when it would only jump. */
function rate({ assets, assignments, seconds }: Scan): string[] {
  const rows = assets.done + assignments.done;
  return seconds === null || seconds < 1 || rows === 0 ? [] : [`${amount(Math.round(rows / seconds))} rows/s`];
}

function progress({ done, total }: Scan['assets']): string {
  return total === null ? amount(done) : `${amount(done)} of ${amount(total)}`;
}

function secondsWords(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
