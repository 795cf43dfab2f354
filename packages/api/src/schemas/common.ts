import { z } from 'zod';

export const Id = z.uuid();
/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();
export const Name = z.string().trim().min(1).max(120);

/** How many rows at most, and where to go on: the `nextCursor` of the page before. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(400).optional(),
});

/** A flag in a query string: `true` or `false`. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
