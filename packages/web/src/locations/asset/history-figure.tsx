import { useQuery } from '@tanstack/react-query';
import { type Asset, type AssetDay, routes, urlOf } from '@winesap/api';
import { count } from '@winesap/api/words';
import { type KeyboardEvent, lazy, Suspense, useId, useMemo, useState } from 'react';
import { problemOf } from '../../data/api.ts';
import type { AssetKey } from '../../data/queries.ts';
import { query } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { rowFor } from '../../lists/rows/row-keys.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import type { PlotLine } from '../../parts/plot.tsx';
import { useNow } from '../../parts/time.tsx';
import type { AssetScreenSearch } from './asset-screen-search.ts';
import classes from './history-figure.module.css';
import { daysIn, dayWords, SPANS, spanOf, today } from './history-points.ts';
import { HistoryTable } from './history-table.tsx';
import { changeOver, countsOf, HISTORY_LINES, type HistoryLine } from './history-words.ts';

const Plot = lazy(async () => ({ default: (await import('../../parts/plot.tsx')).Plot }));

interface Props {
  assetKey: AssetKey;
  asset: Asset;
  search: AssetScreenSearch;
  asOf: string | null;
  onChange: (next: Partial<AssetScreenSearch>) => void;
}

/** Its counts over time, as lines or as a table; a day chosen in either is looked back at. */
export function HistoryFigure({ assetKey, asset, search, asOf, onChange }: Props) {
  const { data, error } = useQuery(query(routes.getAssetHistory, { params: assetKey }));
  const history = data?.days;
  const [asTable, setAsTable] = useState(false);
  // Only the day matters: the figure is not drawn anew at every tick of the clock.
  const day = today(useNow());
  const span = spanOf(search.span);
  const days = useMemo(
    () => daysIn(history ?? [], span, Math.min(Date.now(), Date.parse(`${day}T23:59:59Z`))),
    [history, span, day],
  );
  const first = history?.[0];

  return (
    <section className={`card ${classes.card}`} aria-label="History">
      <header className={`spread ${classes.head}`}>
        <h2>History</h2>
        <div className={classes.tools}>
          <fieldset className={classes.spans}>
            <legend className="unseen">How far back</legend>
            {Object.entries(SPANS).map(([id, words]) => (
              <button
                key={id}
                type="button"
                aria-pressed={id === span}
                onClick={() => onChange({ span: id === '90' ? undefined : id })}
              >
                {words}
              </button>
            ))}
          </fieldset>
          <label className={classes.asOf}>
            As of
            <input
              className="control control-small"
              type="date"
              value={asOf ?? ''}
              min={first?.day}
              max={day}
              onChange={(event) => onChange({ asOf: event.currentTarget.value || undefined })}
            />
          </label>
          {asOf !== null && (
            <button type="button" className="link-button" onClick={() => onChange({ asOf: undefined })}>
              Back to now
            </button>
          )}
          <button type="button" className="link-button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show as plot' : 'Show as table'}
          </button>
          {days.length > 0 && (
            <CsvLink
              href={urlOf(routes.exportAssetHistory, { params: assetKey })}
              label="Download the history as CSV"
            />
          )}
        </div>
      </header>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {history !== undefined && days.length === 0 && (
        <p className={classes.nothing}>No reading is kept yet. The first scan begins the history.</p>
      )}
      {days.length > 0 &&
        (asTable ? (
          <HistoryTable days={days} asOf={asOf} onPick={(picked) => onChange({ asOf: picked })} />
        ) : (
          <Lines days={days} asset={asset} asOf={asOf} onPick={(picked) => onChange({ asOf: picked })} />
        ))}
    </section>
  );
}

interface LinesProps {
  days: readonly AssetDay[];
  asset: Asset;
  asOf: string | null;
  onPick: (day: string) => void;
}

/** The plot; its arrows go from reading to reading and say each, Enter looks back at that day. */
function Lines({ days, asset, asOf, onPick }: LinesProps) {
  const aboutId = useId();
  const [over, setOver] = useState<number | null>(null);
  const [reached, setReached] = useState<number | null>(null);
  const shown = over ?? reached;

  const { times, lines } = useMemo(() => {
    // What was last read still holds.
    const drawn = [...days, ...days.slice(-1)];
    const last = Math.max(Date.now(), Date.parse(days.at(-1)?.readAt ?? '') + 1000);
    const at = days.map(({ readAt }) => Date.parse(readAt) / 1000);
    return {
      times: [...at, last / 1000],
      lines: HISTORY_LINES.map((line): PlotLine & { id: HistoryLine } => ({
        ...line,
        label: line.id,
        values: drawn.map((each) => each[line.id]),
      })).filter(({ id, values }) => isWorthALine(id, values)),
    };
  }, [days]);
  const marked = useMemo(() => {
    if (asOf === null) return null;
    const index = days.findLastIndex(({ day }) => day <= asOf);
    return index < 0 ? null : index;
  }, [days, asOf]);
  const at = Math.min(shown ?? marked ?? days.length - 1, days.length - 1);
  const point = days[at];
  if (point === undefined) return null;
  const said = `${dayWords(point.day)}: ${countsOf(point, asset)}`;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onPick(point.day);
    }
    const key = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }[event.key] ?? event.key;
    // Along time, later is to the right and up.
    const turned = { ArrowUp: 'ArrowDown', ArrowDown: 'ArrowUp', PageUp: 'PageDown', PageDown: 'PageUp' }[event.key];
    const next = rowFor(turned ?? key, at, days.length);
    if (next === null) return;
    event.preventDefault();
    setReached(next);
  };

  return (
    <figure>
      <p id={aboutId} className={classes.about}>
        {changeOver(days, asset)}
      </p>
      <div
        role="slider"
        tabIndex={0}
        className={classes.plot}
        aria-label="Counts over time"
        aria-describedby={aboutId}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={at}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setOver(null)}
      >
        <Suspense fallback={<div className={classes.room} />}>
          <Plot
            times={times}
            lines={lines}
            marked={reached ?? marked}
            onPoint={(index) => setOver(index === null ? null : Math.min(index, days.length - 1))}
            onPick={(index) => onPick(days[Math.min(index, days.length - 1)]?.day ?? point.day)}
          />
        </Suspense>
      </div>
      <figcaption className={classes.caption}>
        <b>{dayWords(point.day)}</b>
        {lines.map(({ id, label, color, dash }) => (
          <span key={id} className={classes.key}>
            <svg width="22" height="8" viewBox="0 0 22 8" aria-hidden style={{ color: `var(${color})` }}>
              <path d="M0 4h22" stroke="currentColor" strokeWidth="2.5" strokeDasharray={dash?.join(' ')} />
            </svg>
            {label} {wordOf(point[id])}
          </span>
        ))}
        <span className="quiet">{asset.unlimited && 'Total and available are unlimited.'}</span>
      </figcaption>
    </figure>
  );
}

/** Unlimited has no height, and retired is mostly none. */
function isWorthALine(id: HistoryLine, values: readonly (number | null)[]): boolean {
  return values.some((value) => value !== null && (id !== 'retired' || value > 0));
}

function wordOf(value: number | null): string {
  return value === null ? 'unlimited' : count(value);
}
