import { type Deps, purgeEvents } from '@winesap/core';
import type { Log } from '../log/create-log.ts';

export async function purgeJob(deps: Deps, log: Log): Promise<void> {
  const deleted = await purgeEvents(deps);
  log.info({ deleted }, 'old events deleted');
}
