import type { UserStatus } from '../assets/assignment.ts';
import { readPage } from '../paging/page.ts';
import type { Fields } from '../read/fields.ts';
import type { Unread } from '../read/trailer.ts';

/**
 * A person who can hold licenses. Several can share a `clientUserId`: any number of retired ones, at most one active.
 * Source: responseuser (documented).
 */
export interface User extends Unread {
  readonly clientUserId: string;
  readonly email: string | null;
  /** Only with an associated Apple Account; the same account has the same hash. */
  readonly idHash: string | null;
  /** While registered; part of the `invitationEmail` address of service config. */
  readonly inviteCode: string | null;
  readonly status: UserStatus | null;
}

/** Which users to read. Source: get-users (documented), except `managedAppleId`. */
export interface UserFilters {
  readonly clientUserId?: string;
  /** Not in Apple's list of parameters, but sent by clients that work: check the result (observed). */
  readonly managedAppleId?: string;
  readonly activeOnly?: boolean;
  readonly retiredOnly?: boolean;
  /** Only what changed since that version; an unknown version is refused with 9721. */
  readonly sinceVersionId?: string;
}

export function readUser(row: Fields): User {
  return {
    clientUserId: row.needText('clientUserId'),
    email: row.text('email'),
    idHash: row.text('idHash'),
    inviteCode: row.text('inviteCode'),
    status: row.text('status'),
    ...row.rest(),
  };
}

export function readUsersPage(answer: Fields, askedIndex: number) {
  return readPage(answer, askedIndex, answer.rows('users', readUser));
}

/** Returns a key per user row: the active one of a `clientUserId`, or a retired one with its account. */
export function userKey(user: Pick<User, 'clientUserId' | 'status' | 'idHash'>): string {
  return isActive(user) ? `active ${user.clientUserId}` : `${user.status} ${user.clientUserId} ${user.idHash ?? ''}`;
}

export function isActive(user: Pick<User, 'status'>): boolean {
  return user.status !== 'Retired' && user.status !== 'Deleted';
}

/** A user who retires replaces the active row with the same account; a reactivated one replaces the retired row. */
export function replacedBy(user: User, held: ReadonlyMap<string, User>): readonly string[] {
  if (isActive(user)) {
    const retired = userKey({ ...user, status: 'Retired' });
    return held.has(retired) && held.get(retired)?.idHash === user.idHash && user.idHash === null ? [retired] : [];
  }
  const active = userKey({ ...user, status: 'Registered' });
  return held.get(active)?.idHash === user.idHash ? [active] : [];
}
