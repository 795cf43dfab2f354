import type { AppleFailure } from './apple-failure.ts';

/**
 * What Apple allows for one location, divided into lanes: a lane is one concurrent request and its share of the
 * requests per second. A lane belongs to one process at a time, so that all processes together stay within the limits
 * of one.
 */
export const LANES = 5;
/** A lease that isn't renewed for this long expires, because its process is gone. */
export const LEASE_MS = 10_000;

/** One process's share of a location. A process without lanes waits for some. */
export interface Lease {
  holder: string;
  lanes: number;
  /** How many lanes it could use; 0 if it has no requests at the moment. */
  wants: number;
  /** Milliseconds on the database's clock, like all instants here. */
  until: number;
}

/**
 * What the processes of an installation share about one location. Leases are in the order in which their holders
 * arrived.
 */
export interface RequestBudget {
  leases: readonly Lease[];
  /** Apple asked to wait: nothing starts before this. */
  pausedUntil: number;
  /** The refusal that asked for it and how long it counts, for people who wait in front of a window. */
  advice: { until: number; failure: AppleFailure } | null;
}

export const UNUSED: RequestBudget = { leases: [], pausedUntil: 0, advice: null };

export interface Grant {
  /** Held until the lease ends, including those to be returned. */
  lanes: number;
  /** How many to use from now on. Return the rest once the requests sent on them have ended. */
  keep: number;
  /** Others hold lanes that I could have: notify them. */
  lacking: boolean;
  /** Others have requests: return lanes that aren't needed. */
  contended: boolean;
}

/**
 * Requests lanes, or renews the held ones. A single holder gets all; otherwise lanes are dealt in turn among those who
 * want some. More lanes are granted immediately if they are free. Only `returnLanes` reduces them, because requests that
 * were already sent still count for a while.
 */
export function askLanes(
  budget: RequestBudget,
  me: { holder: string; wants: number },
  now: number,
): { budget: RequestBudget; grant: Grant } {
  const living = budget.leases.filter(({ until }) => until > now);
  const mine = living.find(({ holder }) => holder === me.holder);
  const others = living.filter((lease) => lease !== mine);
  const contended = others.some(({ wants }) => wants > 0);
  const held = mine?.lanes ?? 0;
  const wants = Math.min(LANES, me.wants);
  // A holder that was idle queues behind those that wait.
  const keepsPlace = mine !== undefined && (mine.wants > 0 || wants === 0);
  const lease: Lease = { holder: me.holder, lanes: held, wants, until: now + LEASE_MS };
  const queue = keepsPlace ? living.map((one) => (one === mine ? lease : one)) : [...others, lease];

  const fair = wants === 0 && !contended ? held : (fairLanes(queue).get(me.holder) ?? 0);
  const free = LANES - others.reduce((sum, { lanes }) => sum + lanes, 0);
  lease.lanes = Math.max(held, Math.min(fair, free));
  const advice = budget.advice !== null && budget.advice.until > now ? budget.advice : null;
  const leases = queue.filter((one) => one !== lease || one.lanes > 0 || one.wants > 0);
  return {
    budget: { ...budget, leases, advice },
    grant: { lanes: lease.lanes, keep: Math.min(lease.lanes, fair), lacking: lease.lanes < fair, contended },
  };
}

/** Reduces the holder to this many lanes. A holder with no lanes and no requests is forgotten. */
export function returnLanes(budget: RequestBudget, holder: string, lanes: number, now: number): RequestBudget {
  const leases = budget.leases
    .filter(({ until }) => until > now)
    .map((lease) => (lease.holder === holder ? { ...lease, lanes: Math.min(lease.lanes, lanes) } : lease))
    .filter((lease) => lease.lanes > 0 || lease.wants > 0);
  return { ...budget, leases };
}

/** Apple asked to wait: the longest of several pauses wins. */
export function pauseFor(budget: RequestBudget, forMs: number, now: number): RequestBudget {
  return { ...budget, pausedUntil: Math.max(budget.pausedUntil, now + forMs) };
}

/** Deals lanes one by one to those that still want one, then deals the remaining ones as well, for their rate. */
function fairLanes(queue: readonly Lease[]): ReadonlyMap<string, number> {
  const wanting = queue.filter(({ wants }) => wants > 0);
  const given = new Map(wanting.map(({ holder }) => [holder, 0]));
  let left = wanting.length === 0 ? 0 : LANES;
  while (left > 0) {
    const unserved = wanting.filter(({ holder, wants }) => (given.get(holder) ?? 0) < wants);
    for (const { holder } of unserved.length === 0 ? wanting : unserved) {
      if (left === 0) break;
      given.set(holder, (given.get(holder) ?? 0) + 1);
      left -= 1;
    }
  }
  return given;
}
