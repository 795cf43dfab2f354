import { type EventPage, type QueryInputOf, type Routes, routes } from '@winesap/api';
import type { Session } from '../session/session.ts';

export type EventFilter = QueryInputOf<Routes['exportEvents']>;

/** The server's maximum per page. */
const PAGE = 500;

/** Returns the newest events, newest first, across all necessary pages; the cursor continues after the last one. */
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
