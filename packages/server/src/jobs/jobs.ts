import {
  applyHook,
  type Deps,
  evaluateRules,
  followRelease,
  logNotifications,
  type Notify,
  processNotifications,
  purgeEvents,
  readMetadata,
  recheckAssets,
  startWhatIsDue,
} from '@winesap/core';
import type { Queue } from 'pg-boss';
import type { Log } from '../log/create-log.ts';
import { tidyDatabase } from '../store/engine/embedded/tidy.ts';
import type { Database } from '../store/engine/open-database.ts';
import { deliverAll } from './deliver-all.ts';
import { runBatch } from './run-batch.ts';
import { runScan } from './run-scan.ts';

/** What jobs receive. */
export interface Working {
  deps: Deps & { notify: Notify };
  database: Database;
  log: Log;
  /** Resolves once this process listens: Apple tries an address before it accepts it. */
  listening: Promise<void>;
  /** Waits while notifications arrive, which go first. */
  whenIdle(): Promise<void>;
}

interface Job<Data> {
  /** The options of its queue. Jobs may run twice; each carries only IDs. */
  queue: Omit<Queue, 'name'>;
  /** How many run at once in one process. Apple's limits are per location, so many locations can be read. */
  atOnce: number;
  /** When it runs by itself, UTC. */
  cron?: string;
  run(working: Working, data: Data, signal: AbortSignal): Promise<unknown>;
}

const job = <Data = object>(one: Job<Data>): Job<Data> => one;

interface OfToken {
  tokenId: string;
}
interface OfLocation {
  uId: string;
}

/**
 * Every kind of job except token checks, each of which has its own time (`pace-checks.ts`). A scan shows by its own row
 * that it is alive; the queue's heartbeat is only a second check, wide enough that a busy machine does not lose its
 * claim.
 */
export const JOBS = {
  scan: job<{ scanId: string }>({
    queue: { retryLimit: 3, retryDelay: 5, retryBackoff: true, expireInSeconds: 6 * 3600, heartbeatSeconds: 300 },
    atOnce: 4,
    run: ({ deps }, { scanId }, signal) => runScan(deps, scanId, signal),
  }),
  release: job<{ releaseId: string }>({
    queue: { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 600 },
    atOnce: 4,
    run: ({ deps }, { releaseId }, signal) => followRelease(deps, releaseId, signal),
  }),
  batch: job<{ batchId: string }>({
    queue: { retryLimit: 5, retryDelay: 2, retryBackoff: true, expireInSeconds: 2 * 3600 },
    atOnce: 2,
    run: ({ deps }, { batchId }, signal) => runBatch(deps, batchId, signal),
  }),
  metadata: job<OfToken>({
    queue: { retryLimit: 2, retryDelay: 60, expireInSeconds: 3600 },
    atOnce: 1,
    run: ({ deps }, { tokenId }, signal) => readMetadata(deps, tokenId, signal),
  }),
  alert: job({
    queue: { retryLimit: 0, expireInSeconds: 300 },
    atOnce: 1,
    cron: '* * * * *',
    run: ({ deps }) => evaluateRules(deps),
  }),
  deliver: job({
    queue: { retryLimit: 0, expireInSeconds: 600 },
    atOnce: 1,
    cron: '* * * * *',
    run: ({ deps }, _, signal) => deliverAll(deps, signal),
  }),
  hook: job<OfToken>({
    queue: { retryLimit: 0, expireInSeconds: 300 },
    atOnce: 4,
    run: async ({ deps, listening }, { tokenId }, signal) => {
      await listening;
      await applyHook(deps, tokenId, signal);
    },
  }),
  notifications: job<OfLocation>({
    queue: { retryLimit: 3, retryDelay: 5, expireInSeconds: 600 },
    atOnce: 2,
    run: async ({ deps, whenIdle }, { uId }, signal) => {
      while (!signal.aborted && (await processNotifications(deps, uId))) await whenIdle();
    },
  }),
  rechecks: job<OfLocation>({
    queue: { retryLimit: 3, retryDelay: 60, expireInSeconds: 600 },
    atOnce: 2,
    run: ({ deps }, { uId }, signal) => recheckAssets(deps, uId, signal),
  }),
  'log-notifications': job<OfLocation>({
    queue: { retryLimit: 3, retryDelay: 5, expireInSeconds: 60 },
    atOnce: 1,
    run: ({ deps }, { uId }) => logNotifications(deps, uId),
  }),
  due: job({
    queue: { retryLimit: 0, expireInSeconds: 300 },
    atOnce: 1,
    cron: '* * * * *',
    run: ({ deps }) => startWhatIsDue(deps),
  }),
  purge: job({
    queue: { retryLimit: 3, retryDelay: 300, expireInSeconds: 3600 },
    atOnce: 1,
    cron: '17 3 * * *',
    run: async ({ deps, log }) => {
      const deleted = await purgeEvents(deps);
      log.info({ deleted }, 'old events deleted');
    },
  }),
  tidy: job({
    queue: { retryLimit: 0, expireInSeconds: 3600 },
    atOnce: 1,
    cron: '43 3 * * *',
    run: ({ database }) => tidyDatabase(database),
  }),
};

export type JobName = keyof typeof JOBS;
/** The data of a job with this name. */
export type JobData<Name extends JobName> = Parameters<(typeof JOBS)[Name]['run']>[1];
