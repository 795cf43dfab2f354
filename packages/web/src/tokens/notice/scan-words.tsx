import type { ContentToken, Scan } from '@winesap/api';
import { changeWords } from '@winesap/api/words';
import { Ago } from '../../parts/time.tsx';

/** A healthy token, and how old what is shown of it is. */
export function SyncedWords({ token: { health, lastSyncAt, scan } }: { token: ContentToken }) {
  if (lastSyncAt === null) return <p>{health.label}. Not scanned yet.</p>;
  return (
    <p>
      {health.label}. Last successful sync <Ago at={lastSyncAt} />.
      {scan?.state === 'succeeded' && scan.changes !== null && (
        <span className="quiet"> {changeWords(scan.changes) ?? 'Nothing changed'}.</span>
      )}
    </p>
  );
}

/** Why the last scan ended without a result, and how old what is shown is. */
export function FailedWords({ token, scan }: { token: ContentToken; scan: Scan }) {
  return (
    <p>
      {scan.failure?.text ?? 'It ended without a result.'}{' '}
      {token.lastSyncAt === null ? (
        'This location was never read completely.'
      ) : (
        <>
          Last successful sync <Ago at={token.lastSyncAt} />.
        </>
      )}
    </p>
  );
}

/** Nobody has to act: it says what the numbers on the page are worth, until a scan proves them. */
export function DoubtfulWords({ scan }: { scan: Scan }) {
  return (
    <p>
      {scan.discrepancy?.text} Winesap keeps what it knew, shows what is new, and asks Apple again by itself.
      {scan.finishedAt !== null && (
        <span className="quiet">
          {' '}
          Read <Ago at={scan.finishedAt} />.
        </span>
      )}
    </p>
  );
}
