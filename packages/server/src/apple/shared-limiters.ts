import { randomUUID } from 'node:crypto';
import type { Budgets } from './budgets.ts';
import { Limiters } from './limiters.ts';
import { SharedLimiter } from './shared-limiter.ts';

export interface SharedLimiters {
  limiters: Limiters;
  /** Another process changed a location's budget. */
  heard(uId: string, sender: string): void;
  /** Notifications may have been missed: all limiters ask. */
  missed(): void;
  /** Returns what this process holds. */
  close(): Promise<void>;
}

/** Creates limiters that keep Apple's limits together with the other processes of the installation. */
export function createSharedLimiters(budgets: Budgets): SharedLimiters {
  const limiters: Limiters = new Limiters(
    (uId) => new SharedLimiter({ holder: randomUUID(), budgets, onUnused: (of, one) => limiters.forget(of, one) }, uId),
  );
  const shared = () => [...limiters.all()].filter((one) => one instanceof SharedLimiter);
  return {
    limiters,
    heard: (uId, sender) => {
      const limiter = limiters.known(uId);
      if (limiter instanceof SharedLimiter) limiter.heard(sender);
    },
    missed: () => {
      for (const limiter of shared()) limiter.heard(null);
    },
    close: async () => {
      await Promise.all(shared().map((limiter) => limiter.close()));
    },
  };
}
