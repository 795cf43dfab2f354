import { createHash } from 'node:crypto';
import { addCalendarFeed, openCalendarFeed, revokeCalendarFeed } from '@winesap/core';
import { writeCalendar } from '../../calendar/write-calendar.ts';
import { readCalendarFeeds, readExpiries } from '../../store/tokens/reads/calendar.ts';
import { createThrottle } from '../connection/throttle.ts';
import type { Context } from '../edge/context.ts';
import { type HandlersOf, SENT } from '../edge/handler.ts';

/** Calendars refresh a few times a day; the limit prevents guessing addresses. */
const READINGS_PER_MINUTE = 60;

export function calendarHandlers({ deps, db, version, now }: Context): HandlersOf<'calendar'> {
  const knock = createThrottle(READINGS_PER_MINUTE, now);
  return {
    listCalendarFeeds: async () => ({ feeds: await readCalendarFeeds(db) }),
    addCalendarFeed: async ({ body, actor }) => {
      const wish = { name: body.name, organizationId: body.organizationId ?? null };
      const { feedId, secret } = await addCalendarFeed(deps, wish, actor);
      const feed = (await readCalendarFeeds(db)).find(({ id }) => id === feedId);
      if (feed === undefined) throw new Error('A feed that was just made is gone.');
      return { feed, path: `/api/calendar/${secret}.ics` };
    },
    revokeCalendarFeed: ({ params, actor }) => revokeCalendarFeed(deps, params.feedId, actor) as Promise<undefined>,
    getCalendar: async ({ params, request, reply }) => {
      knock(request);
      const feed = await openCalendarFeed(deps, params.secret);
      const text = writeCalendar(await readExpiries(db, feed.organizationId, now()), {
        name: feed.name,
        installationId: deps.installationId,
        version,
      });
      const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) reply.status(304).send();
      else
        reply
          .type('text/calendar; charset=utf-8')
          .header('content-disposition', 'inline; filename="winesap.ics"')
          .send(text);
      return SENT;
    },
  };
}
