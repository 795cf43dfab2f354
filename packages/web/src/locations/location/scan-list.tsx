import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes, type Scan, urlOf } from '@winesap/api';
import {
  changeWords,
  count,
  duration,
  progressWords,
  rowsPerSecond,
  SCAN_KIND_WORD,
  SCAN_REASON_WORD,
} from '@winesap/api/words';
import { problemOf } from '../../data/api.ts';
import { infinite } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { OlderButton } from '../../lists/older-button.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './location.module.css';
import table from './small-table.module.css';

/** The last scans: why each was made, what it cost, and what it found changed. */
export function ScanList({ tokenId }: { tokenId: string }) {
  const list = useInfiniteQuery(infinite(routes.listScans, { params: { tokenId }, query: { limit: 10 } }));
  const scans = list.data?.pages.flatMap((page) => page.scans) ?? [];
  return (
    <section className="card" aria-label="Scans">
      <header className={`spread ${classes.head}`}>
        <h2>Scans</h2>
        <div className={classes.tools}>
          <Link to="/events" search={{ receiverType: 'vpp-token', tokenId, q: 'Scan' }}>
            In the events
          </Link>
          <CsvLink href={urlOf(routes.exportScans, { params: { tokenId } })} label="Download all scans as CSV" />
        </div>
      </header>
      {list.error !== null && <ProblemNote problem={problemOf(list.error)} />}
      {list.data !== undefined && scans.length === 0 && (
        <p className={classes.nothing}>No scan yet. Choose Scan Now to read this location from Apple.</p>
      )}
      {scans.length > 0 && (
        <table className={table.table}>
          <caption className="unseen">Scans of this location, newest first</caption>
          <thead>
            <tr>
              <th scope="col">when</th>
              <th scope="col">why</th>
              <th scope="col">read</th>
              <th scope="col" className="num">
                took
              </th>
              <th scope="col" className="num">
                requests
              </th>
              <th scope="col" className="num">
                rows
              </th>
              <th scope="col" className="num">
                rows/s
              </th>
              <th scope="col">what changed</th>
            </tr>
          </thead>
          <tbody>
            {scans.map((scan) => (
              <Row key={scan.id} scan={scan} />
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <p className={classes.more}>
          <OlderButton list={list} what="scans" quiet />
        </p>
      )}
    </section>
  );
}

function Row({ scan }: { scan: Scan }) {
  const rate = rowsPerSecond(scan);
  return (
    <tr>
      <th scope="row">
        <Ago at={scan.startedAt ?? scan.queuedAt} />
      </th>
      <td data-label="why">{SCAN_REASON_WORD[scan.reason]}</td>
      <td data-label="read">
        {scan.kind === undefined ? <span className="quiet">–</span> : SCAN_KIND_WORD[scan.kind]}
      </td>
      <td className="num" data-label="took">
        {scan.seconds === null ? <span className="quiet">–</span> : duration(scan.seconds)}
      </td>
      <td className="num" data-label="requests">
        {count(scan.requests)}
      </td>
      <td className="num" data-label="rows">
        {count(scan.assets.done + scan.assignments.done)}
      </td>
      <td className="num" data-label="rows/s">
        {rate === null ? <span className="quiet">–</span> : count(rate)}
      </td>
      <td data-span>
        <Outcome scan={scan} />
      </td>
    </tr>
  );
}

/** What changed asset by asset, the first few; all of it when asked for. */
const SAID = 3;

function Outcome({ scan }: { scan: Scan }) {
  if (scan.state === 'queued') return 'Waiting for its turn.';
  if (scan.state === 'running') return progressWords(scan);
  if (scan.state === 'failed')
    return (
      <span className={table.failed}>
        <SeverityMark severity="broken" size={12} /> <b>Stopped.</b> {scan.failure?.text}
        {scan.failure?.apple && <code> {scan.failure.apple.line}</code>}
      </span>
    );
  const said = scan.assetChanges ?? [];
  return (
    <>
      {scan.discrepancy !== null && (
        <>
          <SeverityMark severity="unknown" size={12} /> <b>Doubtful.</b> {scan.discrepancy.text}{' '}
        </>
      )}
      {scan.changes !== null && `${changeWords(scan.changes) ?? 'Nothing changed'}.`}
      {said.length > 0 && (
        <details className={table.details}>
          <summary>
            {said
              .slice(0, SAID)
              .map(({ text }) => text)
              .join(', ')}
            {said.length > SAID && ` and ${count(said.length - SAID)} more`}
          </summary>
          <ul>
            {said.map(({ adamId, pricingParam, text }) => (
              <li key={`${adamId} ${pricingParam} ${text}`}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
