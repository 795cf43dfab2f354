import { z } from 'zod';
import { Instant, PageQuery } from './common.ts';

const Status = z.string().describe('Registered, Associated, Retired or Deleted; other words of Apple survive.');
const Email = z.string().nullable().describe('Of whom the invitation is for; null where Apple tells none.');

/** What is known about a user who holds a license. */
export const HolderUser = z.object({ status: Status, email: Email }).meta({ id: 'HolderUser' });
export type HolderUser = z.output<typeof HolderUser>;

/** A person who can hold licenses of a location, once per clientUserId: the active registration if there is one. */
export const LocationUser = z
  .object({
    clientUserId: z.string(),
    status: Status,
    isActive: z.boolean().describe('Neither retired nor deleted.'),
    email: Email,
    licenses: z.number().int().describe('Held now.'),
  })
  .meta({ id: 'LocationUser' });
export type LocationUser = z.output<typeof LocationUser>;

export const UserFilter = z.strictObject({
  q: z.string().trim().max(200).optional().describe('A clientUserId or a mail address begins so, in either case.'),
  status: z.string().trim().max(60).optional().describe('As Apple writes it.'),
  holding: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: only those who hold a license. false: only the others.'),
});
export const UserQuery = UserFilter.extend(PageQuery.shape);

export const UserList = z
  .object({
    users: z.array(LocationUser),
    nextCursor: z.string().nullable(),
    readAt: Instant.nullable().describe('When users were last read. Null: never.'),
    total: z.number().int().describe('Without the filter.'),
    byStatus: z.array(z.object({ status: Status, users: z.number().int() })).describe('Without the filter.'),
  })
  .meta({ id: 'UserList' });
export type UserList = z.output<typeof UserList>;
