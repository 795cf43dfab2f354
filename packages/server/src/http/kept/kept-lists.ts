import type { AnyRoute, ResponseOf, RouteId, Routes } from '@winesap/api';
import { DAY_MS } from '@winesap/core';
import type { Changes } from '../../store/changes.ts';
import { type Call, type Handler, type Handlers, SENT } from '../edge/handler.ts';
import { KeptAnswers } from './kept-answers.ts';
import { sendMade } from './made-answer.ts';

/** How long a response is valid if nothing changes in the database; null forever. */
type HoldsUntil<Id extends RouteId> = (answer: ResponseOf<Routes[Id]>) => Date | null;

const untilAnythingChanges = () => null;

/**
 * The cached lists, and how long each is valid. The tables that they read announce their changes: a test checks the
 * plans of their queries. A response that shows the time of day does not belong here.
 */
export const KEPT_LISTS = {
  listTokens: untilDaysLeftChange,
  listEvents: untilAnythingChanges,
  listOrganizations: untilAnythingChanges,
  listPolicies: untilAnythingChanges,
  listAssets: untilAnythingChanges,
  listLocationAssets: untilAnythingChanges,
  findAssets: untilAnythingChanges,
  listAlerts: untilAnythingChanges,
  listRules: untilAnythingChanges,
  listThresholds: untilAnythingChanges,
} as const satisfies { [Id in RouteId]?: HoldsUntil<Id> };

/** Returns the same handlers; those of `KEPT_LISTS` resend a response that is still valid. */
export function keepLists(handlers: Handlers, changes: Changes, now: () => Date): Handlers {
  const kept = new KeptAnswers(changes, now);
  const keeping = Object.entries(KEPT_LISTS).map(([id, holdsUntil]) => {
    const handler = handlers[id as keyof typeof KEPT_LISTS] as unknown as Handler<AnyRoute>;
    return [id, keep(id, handler, kept, holdsUntil as (answer: unknown) => Date | null)];
  });
  return { ...handlers, ...Object.fromEntries(keeping) };
}

function keep(
  id: string,
  handler: Handler<AnyRoute>,
  kept: KeptAnswers,
  holdsUntil: (answer: unknown) => Date | null,
): Handler<AnyRoute> {
  return async (call) => {
    if (!call.request.upToDate) return handler(call);
    const key = JSON.stringify([id, call.params, call.query, call.who.role]);
    sendMade(call.request, call.reply, await kept.find(key, () => handler(forAnybody(call)), holdsUntil));
    return SENT;
  };
}

/** A response's key contains only the caller's role, so the response gets to see no more of the caller. */
function forAnybody(call: Call<AnyRoute>): Call<AnyRoute> {
  return {
    ...call,
    who: { id: '', name: '', email: '', role: call.who.role, createdAt: '' },
    credential: null,
    actor: { personId: '', name: '', requestId: '' },
    // Others may wait for the same response after this caller has disconnected.
    signal: new AbortController().signal,
  };
}

/** The day count of a token changes when a whole day has passed. */
function untilDaysLeftChange({ tokens }: ResponseOf<Routes['listTokens']>): Date | null {
  const changes = tokens.flatMap(({ expiresAt, daysLeft }) =>
    expiresAt === null || daysLeft === null ? [] : [Date.parse(expiresAt) - daysLeft * DAY_MS],
  );
  return changes.length === 0 ? null : new Date(Math.min(...changes));
}
