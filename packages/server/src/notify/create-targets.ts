import type { Targets } from '@winesap/core';
import { resolveTarget, TargetRefused } from './resolve-target.ts';

/** A person waits for the result of *Save*. */
const LOOKUP_MS = 3000;

/** Creates the port that checks, before a channel is stored, where it may connect to. Every delivery checks again. */
export function createTargets({ allowPrivate }: { allowPrivate: boolean }): Targets {
  return {
    async mayReach(host) {
      if (allowPrivate) return true;
      try {
        await Promise.race([resolveTarget(host, allowPrivate), passed(LOOKUP_MS)]);
        return true;
      } catch (error) {
        // A name that can't be resolved now may be valid tomorrow.
        return !(error instanceof TargetRefused);
      }
    },
  };
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
