import type { Boss } from './boss.ts';
import { JOBS, type JobName, type Working } from './jobs.ts';
import { type Ended, paceChecks } from './pace-checks.ts';

const NAMES = Object.keys(JOBS) as JobName[];

/** Creates the queues, before anything is sent to them. */
export async function makeQueues(boss: Boss): Promise<void> {
  for (const name of NAMES) await boss.makeQueue(name, { policy: 'short', ...JOBS[name].queue });
}

/**
 * Starts the workers, the schedules, and the checks. Returns a function that stops the checks; the rest ends with
 * `boss.stop()`.
 */
export async function startJobs(boss: Boss, working: Working, ended: Ended): Promise<() => Promise<void>> {
  const { log } = working;
  for (const name of NAMES) {
    const { atOnce, cron, run } = JOBS[name];
    await boss.work(name, atOnce, async (data, signal) => {
      const startedAt = performance.now();
      const report = (result: 'done' | 'broke' | 'stopped') =>
        ended(name, (performance.now() - startedAt) / 1000, result);
      try {
        await run(working, data as never, signal);
        report('done');
      } catch (error) {
        report(signal.aborted ? 'stopped' : 'broke');
        if (signal.aborted) log.info({ queue: name }, 'job stopped, to be run again');
        else log.error({ queue: name, err: error }, 'job broke');
        throw error;
      }
    });
    if (cron !== undefined) await boss.boss.schedule(name, cron);
  }
  return paceChecks(working.deps, log, ended);
}
