import {
  readInboxMetrics,
  readLicenseSums,
  readOutbox,
  readScarcestAssets,
  readTokenMetrics,
} from '../../store/installation/reads/metrics.ts';
import type { Context } from '../edge/context.ts';
import { type HandlersOf, SENT } from '../edge/handler.ts';

export function metricsHandlers({ db, metrics, metricsAssets, queueDepths }: Context): HandlersOf<'metrics'> {
  return {
    getMetrics: async ({ reply }) => {
      const [tokens, locations, assets, queues, outbox, inbox] = await Promise.all([
        readTokenMetrics(db),
        readLicenseSums(db),
        readScarcestAssets(db, metricsAssets),
        queueDepths(),
        readOutbox(db),
        readInboxMetrics(db),
      ]);
      const text = await metrics.text({ tokens, locations, assets, queues, outbox, inbox });
      reply.header('cache-control', 'no-store').type(metrics.type).send(text);
      return SENT;
    },
  };
}
