import type { Scan } from '@winesap/api';
import { progressWords } from '@winesap/api/words';
import { useEffect, useRef, useState } from 'react';
import classes from './scan-progress.module.css';
import { shareDone } from './scan-share.ts';

/** A scan while it runs. The numbers come from the server, so a reload shows the same line again. */
export function ScanProgress({ scan }: { scan: Scan }) {
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
        <b>{WHY[scan.reason]}:</b> {progressWords(scan)}
      </p>
      <SpokenNow scan={scan} />
    </div>
  );
}

const WHY: Record<Scan['reason'], string> = {
  button: 'Scanning',
  schedule: 'Scanning on schedule',
  renewal: 'Renewed. Reading all licenses',
  added: 'Added. Reading all licenses',
  notification: 'Apple reported changes. Reading them',
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
