import type { ContentToken, Scan } from '@winesap/api';
import { changeWords, isScanning, progressWords } from '@winesap/api/words';
import { useEffect, useRef, useState } from 'react';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './scan-progress.module.css';
import { shareDone } from './scan-share.ts';

/**
 * A scan while it runs, and for the rest of the visit what came of it. The numbers come from the server, so a reload
 * shows the same line again.
 */
export function ScanProgress({ token }: { token: ContentToken }) {
  const { scan, health } = token;
  const running = scan !== null && isScanning(scan);
  const [watched, setWatched] = useState(() => (isFresh(scan) && health.severity === 'ok' ? scan.id : null));
  if (running && watched !== scan.id) setWatched(scan.id);

  if (running) return <Running scan={scan} />;
  if (scan?.state === 'doubtful') return <Doubtful scan={scan} />;
  if (scan === null || watched !== scan.id) return null;
  if (scan.state === 'failed')
    return (
      <p className={classes.done} data-failed role="status">
        <SeverityMark severity="broken" />
        <span>
          <b>The scan stopped.</b> {scan.failure?.text ?? 'The scan ended without a result.'}
        </span>
      </p>
    );
  return (
    <p className={classes.done} role="status">
      <SeverityMark severity={health.severity} />
      <span>
        {health.severity === 'ok' ? 'Healthy. ' : `${health.label}. `}
        Last successful sync {token.lastSyncAt === null ? 'just now' : <Ago at={token.lastSyncAt} />}.
        {scan.changes !== null && <span className="quiet"> {changeWords(scan.changes) ?? 'Nothing changed'}.</span>}
      </span>
    </p>
  );
}

/** Nobody has to act: it says what the numbers on the page are worth, until a scan proves them. */
function Doubtful({ scan }: { scan: Scan }) {
  return (
    <p className={classes.done} data-doubtful role="status">
      <SeverityMark severity="unknown" />
      <span>
        <b>The last scan is doubtful.</b> {scan.discrepancy?.text} What was known is kept, and what is new is shown.
        Winesap asks Apple again by itself.
        {scan.finishedAt !== null && (
          <span className="quiet">
            {' '}
            Read <Ago at={scan.finishedAt} />.
          </span>
        )}
      </span>
    </p>
  );
}

/** A page that is opened again right after the end still tells of it. */
const FRESH_MS = 60_000;

function isFresh(scan: Scan | null): scan is Scan {
  return scan !== null && scan.finishedAt !== null && Date.now() - Date.parse(scan.finishedAt) < FRESH_MS;
}

function Running({ scan }: { scan: Scan }) {
  const share = shareDone(scan);
  return (
    <div className={classes.line}>
      <div
        className={classes.track}
        role="progressbar"
        aria-label="Scan"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
        aria-valuetext={progressWords(scan)}
      >
        <div
          className={classes.fill}
          data-waiting={share === null || undefined}
          style={share === null ? undefined : { transform: `scaleX(${share})` }}
        />
      </div>
      <p className={classes.words} aria-hidden>
        <b>{WHY[scan.reason]}</b> {progressWords(scan)}
      </p>
      <SpokenNow scan={scan} />
    </div>
  );
}

const WHY: Record<Scan['reason'], string> = {
  button: 'Scanning',
  schedule: 'Scanning, as every day',
  renewal: 'Renewed, now reading all licenses',
  added: 'Added, now reading all licenses',
  notification: 'Apple told of changes, now reading them',
};

/** Read out at the start and then at each quarter: often enough to follow, seldom enough to bear. */
function SpokenNow({ scan }: { scan: Scan }) {
  const quarter = Math.floor((shareDone(scan) ?? 0) * 4);
  const spoken = useRef(-1);
  const [words, setWords] = useState('');
  useEffect(() => {
    if (quarter <= spoken.current) return;
    spoken.current = quarter;
    setWords(`Scanning. ${progressWords(scan)}`);
  }, [quarter, scan]);
  return (
    <span className="unseen" role="status">
      {words}
    </span>
  );
}
