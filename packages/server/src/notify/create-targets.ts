import type { Targets } from '@winesap/core';
import { resolveTarget, TargetRefused } from './resolve-target.ts';

/** Somebody waits for the answer of *Save*. */
const LOOKUP_MS = 3000;

/** The port that says, before a channel is stored, where it may not lead. Sending checks again. */
export function createTargets({ allowPrivate }: { allowPrivate: boolean }): Targets {
  return {
    async mayReach(host) {
      if (allowPrivate) return true;
      try {
        await Promise.race([resolveTarget(host, allowPrivate), passed(LOOKUP_MS)]);
        return true;
      } catch (error) {
        // A name that nobody can look up now may be a good one tomorrow.
        return !(error instanceof TargetRefused);
      }
    },
  };
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
