import { isActive, type User } from '../../world/users/user.ts';
import {
  createUsersWork,
  retireUsersWork,
  type UserWanted,
  updateUsersWork,
  userToJson,
} from '../../world/users/user-work.ts';
import { pageOf, shownOf } from '../paging.ts';
import { booleanParameter, textParameter } from '../query.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { sinceVersion } from '../since-version.ts';
import { refuseAbove, refuseTwice } from './body-lists.ts';
import { accepted } from './events.ts';

export function getUsers(call: TokenCall): string {
  const rows = shownOf(call, call.location.users.all.filter(filterOf(call)));
  const page = pageOf(call, 'users', rows.length);
  const shown = rows.slice(page.from, page.to).map((user) => JSON.stringify(userToJson(user)));
  return `{"users":[${shown.join()}]${page.end}`;
}

function filterOf({ location, request: { query }, world }: TokenCall): (user: User) => boolean {
  const { managedAppleIdFilter, includeRetiredFilter } = world.settings.unknowns;
  const without = includeRetiredFilter === 'honored' && booleanParameter(query, 'includeRetired') === false;
  const activeOnly = booleanParameter(query, 'activeOnly') === true || without;
  const retiredOnly = booleanParameter(query, 'retiredOnly') === true;
  const clientUserId = textParameter(query, 'clientUserId');
  const account = textParameter(query, 'managedAppleId')?.toLowerCase();
  if (account !== undefined && managedAppleIdFilter === 'refused') {
    throw new Refusal(9602, { detail: 'Invalid argument: managedAppleId.' });
  }
  const wanted = managedAppleIdFilter === 'honored' ? account : undefined;
  const since = sinceVersion(query, location, 'users', world.settings) ?? -1;
  return (user) =>
    user.modified > since &&
    (clientUserId === undefined || user.clientUserId === clientUserId) &&
    (wanted === undefined || user.managedAppleId?.toLowerCase() === wanted) &&
    (!activeOnly || isActive(user)) &&
    (!retiredOnly || user.status === 'Retired');
}

export function createUsers(call: TokenCall): object {
  return accepted(call, 'CREATE', createUsersWork(call.location, readUsers(call)));
}

export function updateUsers(call: TokenCall): object {
  return accepted(call, 'UPDATE', updateUsersWork(call.location, readUsers(call)));
}

export function retireUsers(call: TokenCall): object {
  return accepted(call, 'RETIRE', retireUsersWork(call.location, readUsers(call), call.world.settings));
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

function readUsers({ body, world }: TokenCall): UserWanted[] {
  const list = body.users;
  if (list !== undefined && list !== null && !Array.isArray(list)) throw new Refusal(9602);
  const given: unknown[] = list ?? [];
  const ids = given.map((user) =>
    typeof user === 'object' && user !== null ? (user as Record<string, unknown>).clientUserId : undefined,
  );
  refuseAbove(ids, world.settings.limits.maxUsers, 9714);
  refuseTwice(
    ids.filter((id) => id !== undefined),
    9715,
  );
  if (given.length === 0) throw new Refusal(9720);
  const users = given.map(readUser);
  if (users.some(({ email }) => email !== undefined && !EMAIL.test(email))) throw new Refusal(9717);
  return users;
}

function readUser(value: unknown): UserWanted {
  if (typeof value !== 'object' || value === null) throw new Refusal(9602);
  const { clientUserId, email, managedAppleId } = value as Record<string, unknown>;
  if (typeof clientUserId !== 'string' || clientUserId === '') throw new Refusal(9602);
  return { clientUserId, email: optionalText(email), managedAppleId: optionalText(managedAppleId) };
}

function optionalText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Refusal(9602);
  return value;
}
