import type { Scan } from '@winesap/api';
import { count, duration } from '../parts/words.ts';

export function isScanning(scan: Scan | null): boolean {
  return scan !== null && (scan.state === 'queued' || scan.state === 'running');
}

/** Between 0 and 1; nothing until Apple has said how much there is. */
export function shareDone({ assets, assignments }: Scan): number | null {
  if (assets.total === null) return null;
  const total = assets.total + (assignments.total ?? assets.total);
  return total === 0 ? 1 : Math.min(1, (assets.done + assignments.done) / total);
}

/** `assets 212 of 212 · assignments 48,000 of 61,204 · about 12 s left` */
export function progressWords(scan: Scan): string {
  if (scan.state === 'queued') return 'waiting for its turn';
  const part = (name: string, { done, total }: Scan['assets']) =>
    total === null
      ? done === 0
        ? `${name} …`
        : `${name} ${count(done)}`
      : `${name} ${count(done)} of ${count(total)}`;
  const left = scan.secondsLeft === null ? [] : [`about ${duration(scan.secondsLeft)} left`];
  return [part('assets', scan.assets), part('assignments', scan.assignments), ...left].join(' · ');
}

/** `3 new, 14 counts changed.` */
export function changeWords(changes: NonNullable<Scan['changes']>): string {
  const parts = [
    [changes.assetsAdded, 'new'],
    [changes.assetsGone, 'gone'],
    [changes.countsChanged, 'counts changed'],
    [changes.assigned, 'assigned since'],
    [changes.unassigned, 'released since'],
  ] as const;
  const said = parts.filter(([value]) => value > 0).map(([value, words]) => `${count(value)} ${words}`);
  return said.length === 0 ? 'Nothing had changed at Apple.' : `${said.join(', ')}.`;
}
