import type { Deps, Notify } from '@winesap/core';
import type { Log } from '../log/create-log.ts';
import type { Database } from '../store/engine/open-database.ts';
import { alertJob } from './alert.ts';
import type { Boss } from './boss.ts';
import { deliverJob } from './deliver.ts';
import { dueJob } from './due.ts';
import { hookJob } from './hook.ts';
import { metadataJob } from './metadata.ts';
import { doubtsJob, notificationsJob, tellNotificationsJob } from './notifications.ts';
import { type Ended, paceChecks } from './pace-checks.ts';
import { purgeJob } from './purge.ts';
import { QUEUES, type QueueName, SCHEDULES } from './queues.ts';
import { releaseJob } from './release.ts';
import { scanJob } from './scan.ts';
import { tidyJob } from './tidy.ts';

type Job = (data: never, signal: AbortSignal) => Promise<void>;

/** How many of a kind run at once in one process. Apple's limits hold per location, so many locations may be read. */
const AT_ONCE: Record<QueueName, number> = {
  scan: 4,
  release: 4,
  metadata: 1,
  alert: 1,
  deliver: 1,
  hook: 4,
  notifications: 2,
  doubts: 2,
  'tell-notifications': 1,
  due: 1,
  purge: 1,
  tidy: 1,
};

/** Makes the queues: before anything is sent to them. */
export async function makeQueues(boss: Boss): Promise<void> {
  for (const [queue, options] of Object.entries(QUEUES)) await boss.makeQueue(queue, { policy: 'short', ...options });
}

/** Starts the workers, the schedules and the checks. Gives what stops the checks; the rest ends with `boss.stop()`. */
export async function startJobs(
  boss: Boss,
  deps: Deps & { notify: Notify; listening: Promise<void>; quiet(): Promise<void> },
  database: Database,
  log: Log,
  ended: Ended,
): Promise<() => Promise<void>> {
  const jobs: Record<QueueName, Job> = {
    scan: (data, signal) => scanJob(deps, data, signal),
    release: (data, signal) => releaseJob(deps, data, signal),
    metadata: (data, signal) => metadataJob(deps, data, signal),
    alert: () => alertJob(deps),
    deliver: (_data, signal) => deliverJob(deps, signal),
    hook: (data, signal) => hookJob(deps, data, signal),
    notifications: (data, signal) => notificationsJob(deps, data, signal),
    doubts: (data, signal) => doubtsJob(deps, data, signal),
    'tell-notifications': (data) => tellNotificationsJob(deps, data),
    due: () => dueJob(deps),
    purge: () => purgeJob(deps, log),
    tidy: () => tidyJob(database),
  };
  for (const [queue, run] of Object.entries(jobs) as [QueueName, Job][])
    await boss.work(queue, AT_ONCE[queue], async (data, signal) => {
      const startedAt = performance.now();
      const tell = (result: 'done' | 'broke' | 'stopped') =>
        ended(queue, (performance.now() - startedAt) / 1000, result);
      try {
        await run(data as never, signal);
        tell('done');
      } catch (error) {
        tell(signal.aborted ? 'stopped' : 'broke');
        if (signal.aborted) log.info({ queue }, 'job stopped, to be run again');
        else log.error({ queue, err: error }, 'job broke');
        throw error;
      }
    });
  for (const { queue, cron } of SCHEDULES) await boss.boss.schedule(queue, cron);
  return paceChecks(deps, log, ended);
}
