import { type EventPage, type QueryInputOf, type Routes, routes } from '@winesap/api';
import type { Session } from '../session/session.ts';

export type EventFilter = QueryInputOf<Routes['exportEvents']>;

/** The server gives at most so many at once. */
const PAGE = 500;

/** The newest events, newest first, over as many pages as it takes; the cursor leads on from the last. */
export async function readNewestEvents(session: Session, filter: EventFilter, limit: number): Promise<EventPage> {
  let page = await session.call(routes.listEvents, { query: { ...filter, limit: Math.min(limit, PAGE) } });
  const events = [...page.events];
  while (events.length < limit && page.nextCursor !== null) {
    page = await session.call(routes.listEvents, {
      query: { ...filter, limit: Math.min(limit - events.length, PAGE), cursor: page.nextCursor },
    });
    events.push(...page.events);
  }
  return { ...page, events };
}
