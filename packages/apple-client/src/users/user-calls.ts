import { PAGES_AHEAD, paged } from '../assets/asset-calls.ts';
import { type Accepted, readAccepted } from '../events/accepted.ts';
import { type Collected, collectRecovering } from '../paging/collect.ts';
import type { RawPage } from '../paging/page.ts';
import { type Consistency, type RecoveringPage, recoveringPages } from '../paging/recovering.ts';
import type { CallOptions } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import { readUsersPage, replacedBy, type User, type UserFilters, userKey } from './user.ts';

/** A user in a request. To retire one, `clientUserId` is enough. */
export interface RequestUser {
  /** Stable and unique in the organization; preferably not an email address. */
  readonly clientUserId: string;
  readonly email?: string;
  /** A Managed Apple Account of the same organization: the user is associated immediately, without an invitation. */
  readonly managedAppleId?: string;
}

export interface ManageUsers {
  /** 1 to `maxUsers` (100), without duplicate `clientUserId`s; see `chunkUsers`. */
  readonly users: readonly RequestUser[];
}

export interface UserCalls {
  /**
   * Returns one page of users, as Apple sends it. Errors: 9650 page out of range, 9721 unknown `sinceVersionId`.
   * Source: get-users-4mwln (documented).
   */
  userPage(pageIndex: number, filters?: UserFilters, options?: CallOptions): Promise<RawPage<User>>;
  /** Yields the users page by page, then what changed in the meantime; like `assignmentPages`, with `userKey`. */
  userPages(filters?: UserFilters, options?: CallOptions): AsyncGenerator<RecoveringPage<User>, void, undefined>;
  /** Returns all users at once. */
  users(filters?: UserFilters, options?: CallOptions): Promise<Collected<User> & { readonly consistency: Consistency }>;
  /**
   * Registers users. Invite codes arrive by notification or from `users()`. Refused immediately: 9714 too many, 9715
   * twice, 9717 email address, 9720 no users. Later: 9716 exists, 9635 and 9641 about the account. Source: create-users
   * (documented).
   */
  createUsers(request: ManageUsers, options?: CallOptions): Promise<Accepted>;
  /**
   * Changes email addresses, or associates users with Managed Apple Accounts. Refused immediately: 9714, 9715, 9717,
   * 9720. Later: 9635 and 9641 about the account. Source: update-users (documented).
   */
  updateUsers(request: ManageUsers, options?: CallOptions): Promise<Accepted>;
  /**
   * Retires users; their revocable licenses become available (documented for the first generation, assumed for this
   * one).
   * Source: retire-users (documented).
   */
  retireUsers(request: ManageUsers, options?: CallOptions): Promise<Accepted>;
}

export function userCalls(send: Send): UserCalls {
  const userPage: UserCalls['userPage'] = (pageIndex, filters, options) =>
    send(
      { doing: 'retrieving token users', method: 'GET', path: '/mdm/v2/users', query: paged(pageIndex, filters) },
      (answer) => readUsersPage(answer, pageIndex),
      options,
    );
  const userPages: UserCalls['userPages'] = (filters = {}, options = {}) =>
    recoveringPages(
      (pageIndex, since, signal) =>
        userPage(pageIndex, since === undefined ? filters : { ...filters, sinceVersionId: since }, {
          ...options,
          signal,
        }),
      filters.sinceVersionId,
      { key: userKey, width: PAGES_AHEAD, signal: options.signal },
    );
  const manage =
    (doing: string, path: string) =>
    (body: ManageUsers, options?: CallOptions): Promise<Accepted> =>
      send({ doing, method: 'POST', path, body }, readAccepted, options);
  return {
    userPage,
    userPages,
    users: (filters, options) => collectRecovering(userPages(filters, options), userKey, replacedBy),
    createUsers: manage('creating users', '/mdm/v2/users/create'),
    updateUsers: manage('updating users', '/mdm/v2/users/update'),
    retireUsers: manage('retiring users', '/mdm/v2/users/retire'),
  };
}
