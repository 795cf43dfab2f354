import { useQuery } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { api, problemOf } from '../../data/api.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import classes from './channels.module.css';

/** How often it is looked for, besides being told by the stream. */
const LOOK_MS = 1_000;

/** What became of a test message: on its way, arrived, or refused and why. */
export function TestResult({ channelId, deliveryId }: { channelId: string; deliveryId: string }) {
  const { data, error } = useQuery({
    queryKey: ['deliveries', channelId, deliveryId],
    queryFn: async ({ signal }) => {
      const { deliveries } = await api.call(routes.listDeliveries, {
        params: { channelId },
        query: { limit: 20 },
        signal,
      });
      return deliveries.find(({ id }) => id === deliveryId) ?? null;
    },
    refetchInterval: ({ state }) => (state.data?.attempts.length ? false : LOOK_MS),
  });
  const last = data?.attempts.at(-1);
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
