import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { batchWords } from '@winesap/api/words';
import { query } from '../../data/query.ts';
import { Empty } from '../../parts/notes/empty.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './batches-screen.module.css';

const STATE_WORD = {
  looking: 'asking Apple',
  ready: 'waits for you',
  working: 'in progress',
  ended: 'finished',
} as const;

/** All batches of token files of the last 90 days, newest first. */
export function BatchesScreen() {
  const { batches } = useSuspenseQuery(query(routes.listBatches)).data;
  return (
    <>
      <title>Token files · Winesap</title>
      <h1>Token files</h1>
      <p className="quiet">Files that were dropped together, and what became of them. Kept for 90 days.</p>
      {batches.length === 0 ? (
        <div className="card">
          <Empty title="No files yet" action={<Link to="/">Go to the overview</Link>}>
            Drop <code>.vpptoken</code> files on the overview, or use <code>winesap tokens add</code>.
          </Empty>
        </div>
      ) : (
        <ul className={classes.list}>
          {batches.map((batch) => (
            <li key={batch.id} data-state={batch.state}>
              <Link to="/files/$batchId" params={{ batchId: batch.id }}>
                {batchWords(batch)}
              </Link>
              <span className="quiet">
                {STATE_WORD[batch.state]}, from {batch.createdBy}, <Ago at={batch.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
