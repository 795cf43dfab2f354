import type { Transaction } from 'kysely';
import { fromKysely, PgBoss, type Queue } from 'pg-boss';
import type { Log } from '../log/create-log.ts';
import type { Database } from '../store/engine/open-database.ts';
import type { Tables } from '../store/tables.ts';

type JobDatabase = ReturnType<typeof fromKysely>;

export interface Boss {
  boss: PgBoss;
  start(): Promise<void>;
  /** Aborts running jobs and waits for them, for a while. The next process to start runs them again. */
  stop(): Promise<void>;
  /** For `boss.send(queue, data, { db })`: the job exists exactly if the transaction commits. */
  inTransaction(trx: Transaction<Tables>): JobDatabase;
  /** Creates the queue, or updates its options. Call it before anything is sent to it. */
  makeQueue(name: string, options: Omit<Queue, 'name'>): Promise<void>;
  /**
   * Works on the queue, with this many jobs at once in this process. `signal` aborts when the job runs out of time or
   * the process stops. A job that throws is retried as its queue specifies.
   */
  work(name: string, atOnce: number, run: (data: object, signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** How long `stop` waits for running jobs. */
const GRACE_MS = 10_000;
/** How often an unreachable database is logged. */
const LOG_AWAY_EVERY_MS = 60_000;

/**
 * Jobs in the same database as everything else. A new job is announced by NOTIFY and starts immediately; the polls find
 * what is due later, and are far enough apart that an idle server sleeps.
 */
export function createBoss(database: Database, log: Log, works: boolean): Boss {
  const embedded = database.engine === 'embedded';
  const boss = new PgBoss({
    db: bossDatabase(database),
    backend: embedded ? 'pglite' : 'postgres',
    schema: 'jobs',
    useListenNotify: true,
    // A process that runs no jobs does no scheduling or maintenance either.
    schedule: works,
    supervise: works,
    cronMonitorIntervalSeconds: 30,
    cronWorkerIntervalSeconds: 15,
    flowIntervalSeconds: 300,
    bamIntervalSeconds: 300,
    registerInstance: false,
    // We tidy the embedded engine ourselves: it has no second connection for this.
    reindex: !embedded,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  const stopping = new AbortController();
  let loggedAwayAt = Number.NEGATIVE_INFINITY;
  boss.on('error', (error) => {
    // While stopping, polls under way find their database gone, which isn't worth a line.
    if (stopping.signal.aborted) return;
    if (isAway(error)) {
      // Every worker notices it at every poll: one line a minute is enough.
      if (performance.now() - loggedAwayAt < LOG_AWAY_EVERY_MS) return;
      loggedAwayAt = performance.now();
    }
    log.error({ err: error }, 'the job queue reports an error');
  });
  boss.on('warning', ({ message }) => log.warn({ detail: message }, 'the job queue reports a warning'));

  async function workOne(name: string, run: (data: object, signal: AbortSignal) => Promise<void>): Promise<void> {
    let worker: string | null = null;
    worker = await boss.work<object>(
      name,
      { batchSize: 1, pollingIntervalSeconds: 5, notifyPollingIntervalSeconds: 5 },
      async (jobs) => {
        for (const { id, data, signal } of jobs) {
          // The signal also aborts when the work is simply done; it is logged only before that.
          let working = true;
          signal.addEventListener('abort', () => {
            if (!working || stopping.signal.aborted) return;
            log.warn({ queue: name, jobId: id }, 'a job ran out of time, or lost its claim');
          });
          try {
            await run(data, AbortSignal.any([signal, stopping.signal]));
          } finally {
            working = false;
            // There may be more: a worker that was busy polls again immediately, and waits only when there is nothing.
            if (worker !== null) boss.notifyWorker(worker);
          }
        }
      },
    );
  }

  return {
    boss,
    start: async () => {
      await boss.start();
    },
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: GRACE_MS, close: false });
    },
    inTransaction: (trx) => fromKysely(trx),
    makeQueue: async (name, options) => {
      const { policy, partition, ...changeable } = { ...options, notify: true };
      await boss.createQueue(name, { ...options, notify: true });
      await boss.updateQueue(name, changeable);
      // A queue is looked up once and cached. That has to happen now: the first `send` may come from inside a
      // transaction, where nothing else can be looked up.
      await boss.findJobs(name, { key: '', limit: 1 });
    },
    work: async (name, atOnce, run) => {
      for (let count = 0; count < atOnce; count++) await workOne(name, run);
    },
  };
}

// NOTE: the queue passes on copies of errors, which only have the properties.
function isAway(error: object): boolean {
  return 'code' in error && error.code === 'database.away';
}

function bossDatabase(database: Database): JobDatabase {
  return {
    ...fromKysely(database.db),
    listen: async (channel, onNotification, onReconnect) => {
      const stop = await database.listen(channel, onNotification, onReconnect);
      onReconnect();
      return { close: stop };
    },
  };
}
