import { setTimeout as pause } from 'node:timers/promises';
import { AppError, checkToken, type Deps, spreadLateChecks, takeDueChecks } from '@winesap/core';
import type { Log } from '../log/create-log.ts';

/** Checks under way at once in one process. Apple's limits are per location, and a check is one request. */
const AT_ONCE = 8;
/** With nothing due, it still checks this often: another process may have added a token. */
const LOOK_EVERY_MS = 15_000;
const LOOK_AT_MOST_EVERY_MS = 200;
const AWAY_MS = 5_000;
const SPREAD_EVERY_MS = 10_000;

export type Ended = (queue: string, seconds: number, result: 'done' | 'broke' | 'stopped') => void;

/**
 * Runs each check at its own time. It does not use the job queue: ten thousand checks an hour would be as many jobs,
 * and the token's row contains everything needed. Several processes share the work. Returns a function that stops it.
 */
export function paceChecks(deps: Deps, log: Log, ended: Ended): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const underWay = new Set<Promise<void>>();
  const sleep = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);

  let spreadAt = Number.NEGATIVE_INFINITY;
  const spread = async (): Promise<void> => {
    spreadAt = performance.now();
    const late = await spreadLateChecks(deps);
    if (late > 0) log.info({ late }, 'late checks spread over a while');
  };

  const check = async (tokenId: string): Promise<void> => {
    const startedAt = performance.now();
    const report = (result: Parameters<Ended>[2]) => ended('check', (performance.now() - startedAt) / 1000, result);
    try {
      await checkToken(deps, tokenId, 'patient', signal);
      report('done');
    } catch (error) {
      // Removed after it became due.
      if (error instanceof AppError && error.code === 'token.not-found') return;
      report(signal.aborted ? 'stopped' : 'broke');
      if (!signal.aborted) log.error({ queue: 'check', err: error }, 'job broke');
    }
  };

  const round = async (): Promise<void> => {
    const most = AT_ONCE - underWay.size;
    const { tokenIds, nextAt } = await takeDueChecks(deps, most);
    for (const tokenId of tokenIds) {
      const one: Promise<void> = check(tokenId).finally(() => underWay.delete(one));
      underWay.add(one);
    }
    if (underWay.size >= AT_ONCE) {
      await Promise.race(underWay);
      // A full batch may be the first of very many.
      if (performance.now() - spreadAt > SPREAD_EVERY_MS) await spread();
    } else {
      const wait = nextAt === null ? LOOK_EVERY_MS : nextAt.getTime() - deps.now().getTime();
      await sleep(Math.min(LOOK_EVERY_MS, Math.max(LOOK_AT_MOST_EVERY_MS, wait)));
    }
  };

  const run = async (): Promise<void> => {
    let away = true;
    while (!signal.aborted) {
      try {
        if (away) await spread();
        away = false;
        await round();
      } catch (error) {
        if (signal.aborted) return;
        if (!away) log.error({ err: error }, 'checks pause');
        away = true;
        await sleep(AWAY_MS);
      }
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
    await Promise.all(underWay);
  };
}
