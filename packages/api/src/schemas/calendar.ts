import { z } from 'zod';
import { Id, Instant } from './common.ts';

/** A calendar of expiry dates at a secret address. The address is shown once, when it is created. */
export const CalendarFeed = z
  .object({
    id: Id,
    name: z.string(),
    organizationId: Id.nullable().describe('Null: the tokens of all organizations.'),
    organizationName: z.string().nullable(),
    createdAt: Instant,
    createdBy: z.string(),
    personId: z.string().nullable().describe('Who answers for it; null where nobody with access does.'),
    lastReadAt: Instant.nullable().describe('To a quarter of an hour; null: no calendar has read it yet.'),
  })
  .meta({ id: 'CalendarFeed' });
export type CalendarFeed = z.output<typeof CalendarFeed>;
