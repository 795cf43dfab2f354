import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { CalendarFeed } from '../schemas/calendar.ts';
import { Id, Name } from '../schemas/common.ts';

const tag = 'Calendar';

export const calendar = {
  listCalendarFeeds: defineRoute('GET', '/api/calendar/feeds', {
    access: 'admin',
    tag,
    summary: 'Calendar feeds, without their addresses',
    response: z.object({ feeds: z.array(CalendarFeed) }),
  }),
  addCalendarFeed: defineRoute('POST', '/api/calendar/feeds', {
    access: 'admin',
    tag,
    summary: 'Make a calendar feed, of one organization or of all; its address is shown this once',
    description:
      'Who has the address reads locations, organizations and dates without signing in, until it is revoked.',
    status: 201,
    body: z.strictObject({ name: Name, organizationId: Id.optional() }),
    response: z.object({ feed: CalendarFeed, path: z.string().describe('On this server: /api/calendar/….ics') }),
    refusals: ['organization.not-found', 'person.not-found'],
  }),
  revokeCalendarFeed: defineRoute('DELETE', '/api/calendar/feeds/{feedId}', {
    access: 'admin',
    tag,
    summary: 'Revoke a calendar feed: its address shows nothing any more',
    params: z.strictObject({ feedId: Id }),
    refusals: ['calendar-feed.not-found'],
  }),
  getCalendar: defineRoute('GET', '/api/calendar/{secret}.ics', {
    access: 'public',
    tag,
    summary: 'The calendar: each expiry as a whole-day event with reminders (iCalendar, RFC 5545)',
    params: z.strictObject({ secret: z.string().min(20).max(100) }),
    answers: 'calendar',
    refusals: ['calendar-feed.not-found', 'request.too-many'],
  }),
};
