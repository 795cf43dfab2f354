import { limits as contractLimits, rules } from '@winesap/contract';
import { defaultUnknowns, type Unknowns } from './unknowns.ts';

export const plainHttpReceivers = ['loopback', 'anywhere', 'nowhere'] as const;
export type PlainHttpReceivers = (typeof plainHttpReceivers)[number];

export interface Settings {
  /** Added to every answer of Apple's side, in real milliseconds. */
  latencyMs: number;
  /** Rows per page. */
  pageSize: number;
  /** The limits of service config; `maxRequestPerSecond` is enforced when `rateLimit` is on. */
  limits: Record<string, number>;
  rateLimit: boolean;
  /** Refuses (9646) more requests at once of one location than this; null refuses none and only counts them. */
  atOnceLimit: number | null;
  /** From acceptance of an event to its first step, on the simulator's clock. */
  eventDelayMs: number;
  /** Between two steps of an event. */
  eventStepMs: number;
  /** Tasks done in one step. */
  eventTasksPerStep: number;
  /** How long a receiver of notifications may take, in real milliseconds. */
  notificationTimeoutMs: number;
  /** How many licenses one request of version 1 may associate, and how many it may disassociate. */
  v1LicensesPerRequest: number;
  /** Where receivers of notifications may be plain http: an exception to Apple's rule (9712), for tests. */
  plainHttpReceivers: PlainHttpReceivers;
  /** Pauses before the second and the third attempt, on the simulator's clock. */
  notificationRetryMs: readonly number[];
  unknowns: Unknowns;
}

export function defaultSettings(): Settings {
  return {
    latencyMs: 0,
    pageSize: 1000,
    limits: Object.fromEntries(Object.entries(contractLimits).map(([name, limit]) => [name, limit.value])),
    rateLimit: true,
    atOnceLimit: null,
    eventDelayMs: 1500,
    eventStepMs: 100,
    eventTasksPerStep: 500,
    notificationTimeoutMs: 5000,
    v1LicensesPerRequest: rules.v1LicensesPerRequest.value,
    plainHttpReceivers: 'loopback',
    notificationRetryMs: [60_000, 180_000],
    unknowns: defaultUnknowns(),
  };
}
