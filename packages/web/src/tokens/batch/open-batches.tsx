import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import { type BatchSummary, routes } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { meQuery } from '../../data/queries.ts';
import { query } from '../../data/query.ts';
import { whyNot } from '../../data/why-not.ts';
import classes from './open-batches.module.css';

/** On every screen, as long as files are worked on or wait for a person: how far that is, and the way there. */
export function OpenBatches() {
  const { data: me } = useSuspenseQuery(meQuery);
  const may = whyNot(me, routes.listBatches) === null;
  const { data } = useQuery({ ...query(routes.listBatches, { query: { open: 'true' } }), enabled: may });
  const matches = useMatchRoute();
  const elsewhere = (data?.batches ?? []).filter(
    ({ id, counts }) =>
      counts.looking + counts.ready + counts.working > 0 &&
      matches({ to: '/files/$batchId', params: { batchId: id } }) === false,
  );
  const [first] = elsewhere;
  if (first === undefined) return null;
  return (
    <div className={classes.bar} role="status">
      <span>
        {words(first)}
        {elsewhere.length > 1 && ` And ${plural(elsewhere.length - 1, 'other batch', 'other batches')}.`}
      </span>
      <Link to="/files/$batchId" params={{ batchId: first.id }}>
        {first.state === 'ready' ? 'Review' : 'View'}
      </Link>
    </div>
  );
}

function words({ state, counts, createdBy }: BatchSummary): string {
  const confirmed = counts.working + counts.done + counts.failed;
  switch (state) {
    case 'working':
      return `Adding and renewing: ${count(confirmed - counts.working)} of ${count(confirmed)} done.`;
    case 'looking':
      return `Asking Apple about ${plural(counts.looking, 'token file')}.`;
    default:
      return `${plural(counts.ready, 'token file')} from ${createdBy} ${counts.ready === 1 ? 'waits' : 'wait'} to be confirmed.`;
  }
}
