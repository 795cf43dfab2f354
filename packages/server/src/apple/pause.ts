import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '@winesap/core';

/** Waits so long; ends early, and quietly, when the signal stops it: what comes next notices. */
export const pause: Deps['pause'] = async (ms, signal) => {
  await sleep(ms, undefined, { signal: signal as AbortSignal | undefined }).catch(() => undefined);
};
