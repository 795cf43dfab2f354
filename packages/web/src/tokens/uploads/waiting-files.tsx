import { Link, useMatchRoute } from '@tanstack/react-router';
import { plural } from '@winesap/api/words';
import classes from '../batch/open-batches.module.css';
import { useWaitingFiles } from './use-waiting-files.ts';

/** On every screen, as long as files of customers wait to be confirmed: whose is the oldest, and the way there. */
export function WaitingFiles() {
  const waiting = useWaitingFiles();
  const matches = useMatchRoute();
  const elsewhere = waiting.filter(
    ({ policyId }) => matches({ to: '/policies/$policyId', params: { policyId }, fuzzy: true }) === false,
  );
  const [oldest] = elsewhere;
  if (oldest === undefined) return null;
  const more = elsewhere.length - 1;
  return (
    <div className={classes.bar} role="status">
      <span>
        A file for {oldest.locationName ?? oldest.policyName} ({oldest.organizationName}) waits to be confirmed.
        {more > 0 && ` And ${plural(more, 'other file')}.`}
      </span>
      <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId: oldest.policyId }}>
        Review
      </Link>
    </div>
  );
}
