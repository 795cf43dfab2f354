import type { EventSummary } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { shortDateTime } from '../data/times.ts';
import { useNow } from '../parts/time.tsx';
import classes from './histogram.module.css';

interface Props {
  summary: EventSummary | undefined;
  /** A pressed bar narrows the time to what it stands for. */
  onRange: (from: string, to: string) => void;
}

const HEIGHT = 72;

/** Events over time, errors at the foot of each bar where they show. Each bar is a button that narrows to its time. */
export function Histogram({ summary, onRange }: Props) {
  const now = useNow();
  const bars = padded(summary?.histogram ?? [], summary?.bucketMinutes ?? 0);
  const highest = Math.max(1, ...bars.map((bar) => bar.error + bar.warning + bar.info));
  const first = bars[0];
  const last = bars.at(-1);
  const span = (summary?.bucketMinutes ?? 0) * 60_000;
  // The last bar has begun, not ended: time to come is not on the axis.
  const end = last === undefined ? '' : new Date(Math.min(Date.parse(last.at) + span, now)).toISOString();
  const errors = bars.reduce((sum, bar) => sum + bar.error, 0);
  const scale = (value: number) => (value === 0 ? 0 : Math.max(2, (value / highest) * HEIGHT));

  return (
    <figure className={classes.figure} aria-label="Events over time">
      <div className={classes.bars} style={{ height: HEIGHT }}>
        {bars.map((bar) => {
          const all = bar.error + bar.warning + bar.info;
          const words = `${shortDateTime(bar.at)}: ${plural(all, 'event')}, ${plural(bar.error, 'error')}, ${plural(bar.warning, 'warning')}`;
          return all === 0 ? (
            <span key={bar.at} className={classes.bar} />
          ) : (
            <button
              key={bar.at}
              type="button"
              // A hundred bars are no way for the Tab key; the time can be chosen in the filter too.
              tabIndex={-1}
              className={classes.bar}
              title={words}
              aria-label={words}
              onClick={() => onRange(bar.at, new Date(Date.parse(bar.at) + span).toISOString())}
            >
              <span data-level="info" style={{ height: scale(bar.info) }} />
              <span data-level="warning" style={{ height: scale(bar.warning) }} />
              <span data-level="error" style={{ height: scale(bar.error) }} />
            </button>
          );
        })}
      </div>
      <figcaption className={classes.caption}>
        <span>{first === undefined ? '' : shortDateTime(first.at)}</span>
        <span>
          {summary !== undefined && bars.length > 0 && (
            <>
              a bar is {bucketWords(summary.bucketMinutes)} · {count(errors)} of {plural(summary.total, 'event')}{' '}
              {errors === 1 ? 'is an error' : 'are errors'}
            </>
          )}
        </span>
        <span>{end === '' ? '' : shortDateTime(end)}</span>
      </figcaption>
    </figure>
  );
}

type Bar = EventSummary['histogram'][number];

/** A log of an hour has one bar; without the empty time before it, that bar would be a wall. */
const FEWEST_BARS = 48;

function padded(bars: readonly Bar[], bucketMinutes: number): readonly Bar[] {
  const first = bars[0];
  const missing = FEWEST_BARS - bars.length;
  if (first === undefined || bucketMinutes === 0 || missing <= 0) return bars;
  const empty = Array.from({ length: missing }, (_, index) => ({
    at: new Date(Date.parse(first.at) - (missing - index) * bucketMinutes * 60_000).toISOString(),
    error: 0,
    warning: 0,
    info: 0,
  }));
  return [...empty, ...bars];
}

function bucketWords(minutes: number): string {
  if (minutes % 1440 === 0) return plural(minutes / 1440, 'day');
  return minutes % 60 === 0 ? plural(minutes / 60, 'hour') : plural(minutes, 'minute');
}
