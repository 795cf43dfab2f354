import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '@winesap/core';

/** Waits this long. Resolves early, without an error, if the signal aborts: the next step notices. */
export const pause: Deps['pause'] = async (ms, signal) => {
  await sleep(ms, undefined, { signal: signal as AbortSignal | undefined }).catch(() => undefined);
};
