import { agoShort } from '@winesap/api/words';
import { useSyncExternalStore } from 'react';
import { briefDateTime, fullTime, shortDateTime } from '../data/times.ts';
import classes from './time.module.css';

/** One clock for the whole page, so that all ages change together. */
let now = Date.now();
const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 15_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
  };
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/**
 * `30 Nov 2026, 14:44 (36 min ago)`, with the seconds and the time zone on hover. `short` leaves out the year where it is
 * this one. Date and age break apart only between them.
 */
export function Ago({ at, short = false }: { at: string; short?: boolean }) {
  const clock = useNow();
  // The page's clock may be some seconds behind an instant that just came from the server.
  const reference = Math.max(clock, Math.min(Date.parse(at), clock + 20_000));
  return (
    <time dateTime={at} title={fullTime(at)} className={classes.time}>
      <span className={classes.part}>{short ? briefDateTime(at, reference) : shortDateTime(at)}</span>{' '}
      <span className={classes.part}>({agoShort(at, reference)})</span>
    </time>
  );
}
