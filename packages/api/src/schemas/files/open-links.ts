import { z } from 'zod';
import { CalendarFeed } from '../calendar.ts';
import { Id, Instant } from '../common.ts';

/** An upload link that still works. */
export const OpenUploadLink = z
  .object({
    id: Id,
    tokenId: Id,
    locationName: z.string().nullable(),
    organizationName: z.string(),
    personId: z.string().nullable().describe('Who answers for it; null where nobody with access does.'),
    createdBy: z.string(),
    createdAt: Instant,
    expiresAt: Instant,
    autoConfirm: z.boolean(),
  })
  .meta({ id: 'OpenUploadLink' });
export type OpenUploadLink = z.output<typeof OpenUploadLink>;

/** What works without signing in, for anyone who has its address. */
export const OpenLinks = z
  .object({ uploadLinks: z.array(OpenUploadLink), calendarFeeds: z.array(CalendarFeed) })
  .meta({ id: 'OpenLinks' });
export type OpenLinks = z.output<typeof OpenLinks>;
