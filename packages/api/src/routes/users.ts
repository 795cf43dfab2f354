import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { UserFilter, UserList, UserQuery } from '../schemas/user.ts';

const tag = 'Licenses';
const LocationParams = z.strictObject({ uId: z.string().min(1).max(60) });

export const users = {
  listUsers: defineRoute('GET', '/api/locations/{uId}/users', {
    access: 'viewer',
    tag,
    summary: 'Users of a location, by clientUserId, a page at a time in a stable order',
    params: LocationParams,
    query: UserQuery,
    response: UserList,
    refusals: ['location.not-found', 'cursor.invalid'],
  }),
  exportUsers: defineRoute('GET', '/api/locations/{uId}/users.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed: one reading from beginning to end',
    params: LocationParams,
    query: UserFilter,
    answers: 'csv',
    refusals: ['location.not-found'],
  }),
};
