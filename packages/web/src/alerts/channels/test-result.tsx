import { useQuery } from '@tanstack/react-query';
import { type ResponseOf, routes } from '@winesap/api';
import { problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import classes from './channels.module.css';

/** How often it is looked for, besides being told by the stream. */
const LOOK_MS = 1_000;

/** What became of a test message: on its way, arrived, or refused and why. */
export function TestResult({ channelId, deliveryId }: { channelId: string; deliveryId: string }) {
  const { data, error } = useQuery({
    ...query(routes.listDeliveries, { params: { channelId }, query: { limit: 20 } }),
    refetchInterval: ({ state }) => (lastAttempt(state.data, deliveryId) === undefined ? LOOK_MS : false),
  });
  const last = lastAttempt(data, deliveryId);
  if (error !== null) return <p>{problemOf(error).title}</p>;
  if (last === undefined) return <p className="quiet">The test is on its way…</p>;
  return last.succeeded ? (
    <p className={classes.result}>
      <SeverityMark severity="ok" /> The test arrived: {last.note}
    </p>
  ) : (
    <p className={classes.broken}>
      <SeverityMark severity="broken" /> The test did not arrive: {last.note}
    </p>
  );
}

function lastAttempt(page: ResponseOf<typeof routes.listDeliveries> | undefined, deliveryId: string) {
  return page?.deliveries.find(({ id }) => id === deliveryId)?.attempts.at(-1);
}
