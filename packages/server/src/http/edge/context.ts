import type { Deps } from '@winesap/core';
import type { Kysely } from 'kysely';
import type { Auth } from '../../auth/create-auth.ts';
import type { QueueDepth } from '../../jobs/queue-depths.ts';
import type { Metrics } from '../../metrics/create-metrics.ts';
import type { HookSettings } from '../../store/hooks/reads/notifications.ts';
import type { Tables } from '../../store/tables.ts';
import type { LiveHub } from './live-hub.ts';

/** What handlers work with: use cases through `deps`, and screens directly from the database. */
export interface Context {
  deps: Deps;
  db: Kysely<Tables>;
  auth: Auth;
  /** Whether this is the setup code. */
  isSetupCode(typed: string): boolean;
  hub: LiveHub;
  version: string;
  demo: boolean;
  appleUrl: string;
  keptDays: number;
  /** Where Apple reaches us, or why it can't. */
  hook: HookSettings;
  metrics: Pick<Metrics, 'text' | 'type'>;
  /** How many assets the metrics list one by one. */
  metricsAssets: number;
  queueDepths(): Promise<QueueDepth[]>;
  /** Returns why a write would fail now; null if it would succeed. */
  writeTrouble(): Promise<'disk-full' | 'database-away' | null>;
  now(): Date;
}
