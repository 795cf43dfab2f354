import type { Level } from '../event.ts';
import { NO_USER_CHANGES, type UserChanges } from '../users/user-words.ts';
import type { Notice } from './notice.ts';

/** Licenses of one asset that notifications changed. */
export interface EffectChange {
  adamId: string;
  pricingParam: string;
  assigned: number;
  givenBack: number;
  /** Negative: refunded or transferred away. */
  bought: number;
}

/** What failed, according to Apple. */
export interface EffectFailure {
  adamId: string;
  change: 'given' | 'taken';
  licenses: number;
  errorNumber: number | null;
}

/** The effect of a notification, stored with it. */
export interface Effect {
  kind: Notice['kind'] | 'unreadable' | 'no-token' | 'other-location';
  changes: EffectChange[];
  failed: EffectFailure[];
  /** Users who were created, changed, retired, or associated. */
  users: number;
  /** Some of `users`. Absent means none. */
  registered?: number;
  retired?: number;
  /** Assets where the notification does not match what is stored, so that Winesap asks Apple. */
  asked: { adamId: string; pricingParam: string; why: AskReason }[];
  /** Why the whole location has to be scanned; null: it doesn't. */
  scan: AskReason | null;
}

/** Why Winesap asks Apple: the notification could not be reconciled with what is stored. */
export type AskReason =
  | 'unknown-asset'
  | 'rows-differ'
  | 'counts-differ'
  | 'recently-read'
  | 'being-read'
  | 'unlimited'
  | 'users-retired'
  | 'unreadable';

export function effect(kind: Effect['kind'], more: Partial<Effect> = {}): Effect {
  return { kind, changes: [], failed: [], users: 0, asked: [], scan: null, ...more };
}

/** Whether the log should mention it. */
export function isWorthLogging({ changes, failed, users }: Effect): boolean {
  return changes.length > 0 || failed.length > 0 || users > 0;
}

export interface EffectTotal {
  level: Level;
  changes: EffectChange[];
  failed: EffectFailure[];
  users: UserChanges;
}

/** Combines many effects into one, the most changed assets first. */
export function totalOf(effects: readonly Effect[]): EffectTotal {
  const changes = new Map<string, EffectChange>();
  const failed = new Map<string, EffectFailure>();
  const users = { ...NO_USER_CHANGES };
  for (const one of effects) {
    const { registered = 0, retired = 0 } = one;
    users.registered += registered;
    users.retired += retired;
    users.changed += one.users - registered - retired;
    for (const change of one.changes) {
      const key = `${change.adamId}/${change.pricingParam}`;
      const sum = changes.get(key) ?? { ...change, assigned: 0, givenBack: 0, bought: 0 };
      sum.assigned += change.assigned;
      sum.givenBack += change.givenBack;
      sum.bought += change.bought;
      changes.set(key, sum);
    }
    for (const failure of one.failed) {
      const key = `${failure.adamId}/${failure.change}/${failure.errorNumber}`;
      const sum = failed.get(key) ?? { ...failure, licenses: 0 };
      sum.licenses += failure.licenses;
      failed.set(key, sum);
    }
  }
  const moved = ({ assigned, givenBack, bought }: EffectChange) => assigned + givenBack + Math.abs(bought);
  return {
    level: failed.size > 0 ? 'warning' : 'info',
    changes: [...changes.values()].sort((a, b) => moved(b) - moved(a)),
    failed: [...failed.values()].sort((a, b) => b.licenses - a.licenses),
    users,
  };
}
