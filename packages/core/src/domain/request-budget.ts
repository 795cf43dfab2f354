import type { AppleFailure } from './apple-failure.ts';

/**
 * What Apple lets one location take, cut into lanes: a lane is one request at once and its share of the requests per
 * second. A lane belongs to one process at a time, so that all processes together stay where one alone would.
 */
export const LANES = 5;
/** A lease nobody renewed for so long is free again: its process is gone. */
export const LEASE_MS = 10_000;

/** One process's part of a location. Without lanes it waits for some. */
export interface Lease {
  holder: string;
  lanes: number;
  /** How many lanes it could use; 0 when it has nothing to ask just now. */
  wants: number;
  /** Milliseconds of the database's clock, as all moments here. */
  until: number;
}

/** What the processes of an installation share about one location. Leases in the order in which their holders came. */
export interface RequestBudget {
  leases: readonly Lease[];
  /** Apple asked to wait: nobody starts anything before. */
  pausedUntil: number;
  /** The refusal that asked for it, and how long it counts, for people in front of a window. */
  advice: { until: number; failure: AppleFailure } | null;
}

export const UNUSED: RequestBudget = { leases: [], pausedUntil: 0, advice: null };

export interface Grant {
  /** Mine until the lease ends, also those to be given back. */
  lanes: number;
  /** As many are to be used from now on; the rest is to be given back once what was sent with them is over. */
  keep: number;
  /** Others hold what I could have: they should hear of it. */
  lacking: boolean;
  /** Others have something to ask: what I do not need I should not keep. */
  contended: boolean;
}

/**
 * Asks for lanes, or renews what is held. Alone one gets all; otherwise lanes go round among those who want some. More
 * are given at once as far as they are free; fewer only by `giveBack`, because what was sent still counts for a while.
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
  // Who had nothing to ask for a while comes after those who wait.
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

/** Uses so many lanes at most from now on; with none and nothing to ask it is as if it had never come. */
export function giveBack(budget: RequestBudget, holder: string, lanes: number, now: number): RequestBudget {
  const leases = budget.leases
    .filter(({ until }) => until > now)
    .map((lease) => (lease.holder === holder ? { ...lease, lanes: Math.min(lease.lanes, lanes) } : lease))
    .filter((lease) => lease.lanes > 0 || lease.wants > 0);
  return { ...budget, leases };
}

/** Apple asked to wait: the longest of several pauses counts. */
export function pauseFor(budget: RequestBudget, forMs: number, now: number): RequestBudget {
  return { ...budget, pausedUntil: Math.max(budget.pausedUntil, now + forMs) };
}

/** One lane after the other goes to those who still want one; what nobody wants goes round as well, for the rate. */
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
