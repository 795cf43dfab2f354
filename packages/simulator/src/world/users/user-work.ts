import { release } from '../assets/licenses.ts';
import type { Location } from '../location.ts';
import type { Settings } from '../settings.ts';
import type { Work } from '../work.ts';
import type { User } from './user.ts';
import { idHashOf } from './user-book.ts';

export interface UserWanted {
  readonly clientUserId: string;
  readonly email: string | undefined;
  readonly managedAppleId: string | undefined;
}

const UNKNOWN_USER = 9609;
const ACCOUNT_UNUSABLE = 9635;
const ACCOUNT_TAKEN = 9641;
const USER_EXISTS = 9716;

export function createUsersWork(location: Location, users: readonly UserWanted[]): Work {
  return userWork(location, users, ({ clientUserId, email, managedAppleId }) => {
    if (location.users.active(clientUserId) !== undefined) return USER_EXISTS;
    return registerUser(location, { clientUserId, email, managedAppleId });
  });
}

/** A user nobody active has the id of. Returns the user, or the error number. */
export function registerUser(location: Location, { clientUserId, email, managedAppleId }: UserWanted): User | number {
  const refused = refuseAccount(location, managedAppleId, undefined);
  if (refused !== undefined) return refused;
  const user = location.users.revive(clientUserId, email) ?? location.users.create(clientUserId, email);
  if (managedAppleId !== undefined) associate(location, user, managedAppleId);
  return user;
}

/** Changes an active user. Returns the user, or the error number. */
export function editUser(
  location: Location,
  user: User,
  { email, managedAppleId }: Omit<UserWanted, 'clientUserId'>,
): User | number {
  const refused = refuseAccount(location, managedAppleId, user);
  if (refused !== undefined) return refused;
  if (email !== undefined) location.users.setEmail(user, email);
  if (managedAppleId !== undefined) associate(location, user, managedAppleId);
  return user;
}

export function updateUsersWork(location: Location, users: readonly UserWanted[]): Work {
  return userWork(location, users, ({ clientUserId, email, managedAppleId }) => {
    const user = location.users.active(clientUserId);
    return user === undefined ? UNKNOWN_USER : editUser(location, user, { email, managedAppleId });
  });
}

export function retireUsersWork(location: Location, users: readonly UserWanted[], settings: Settings): Work {
  return userWork(location, users, ({ clientUserId }) => {
    const user = location.users.active(clientUserId);
    if (user === undefined) return UNKNOWN_USER;
    retireUser(location, user, settings);
    return user;
  });
}

/** Links a user with an account. Books that a retired user of the same account still holds come along. */
export function associate(location: Location, user: User, appleId: string, keepInvite = false): void {
  location.users.associate(user, appleId, keepInvite);
  const hash = idHashOf(appleId);
  for (const former of location.users.all) {
    if (former.idHash !== hash || former.status !== 'Retired') continue;
    moveBooks(location, former, user);
    if (former.clientUserId === user.clientUserId) {
      former.status = 'Deleted';
      former.modified = location.versions.bump('users');
    }
  }
}

/** How a user shows in answers and notifications. */
export function userToJson(user: User): object {
  return {
    clientUserId: user.clientUserId,
    ...(user.email === undefined ? {} : { email: user.email }),
    ...(user.idHash === undefined ? {} : { idHash: user.idHash }),
    ...(user.inviteCode === undefined ? {} : { inviteCode: user.inviteCode }),
    status: user.status,
  };
}

function userWork(location: Location, users: readonly UserWanted[], act: (wanted: UserWanted) => User | number): Work {
  const outcomes: User[] = [];
  return {
    notificationType: 'USER_MANAGEMENT',
    elementsName: 'users',
    size: users.length,
    run(task) {
      const wanted = users[task];
      if (wanted === undefined) return undefined;
      const outcome = act(wanted);
      if (typeof outcome === 'number') return outcome;
      outcomes[task] = outcome;
      return undefined;
    },
    element(task) {
      const user = outcomes[task];
      if (user !== undefined) return userToJson(user);
      const { clientUserId = '', email } = users[task] ?? {};
      const status = location.users.active(clientUserId)?.status ?? 'Registered';
      return { clientUserId, ...(email === undefined ? {} : { email }), status };
    },
    target: (task) => ({ clientUserId: users[task]?.clientUserId ?? '' }),
  };
}

/** Only accounts of the organization can be associated, each with one active user. */
function refuseAccount(location: Location, appleId: string | undefined, user: User | undefined): number | undefined {
  if (appleId === undefined) return undefined;
  if (!appleId.toLowerCase().endsWith(`@${location.organization.managedDomain.toLowerCase()}`)) return ACCOUNT_UNUSABLE;
  const holder = location.users.byAccount(appleId);
  return holder !== undefined && holder !== user ? ACCOUNT_TAKEN : undefined;
}

/** Releases what is revocable, keeps the books. */
export function retireUser(location: Location, user: User, settings: Settings): void {
  for (;;) {
    const row = location.assignments.rowsOf(user.holder).find((one) => assetOf(location, one).revocable);
    if (row === undefined) break;
    release(location, row, settings.unknowns);
  }
  if (location.subscriptions.releaseUser(user.clientUserId)) location.versions.bump('subscriptions');
  location.users.retire(user);
  if (settings.unknowns.booksOfRetired === 'retired') {
    for (const row of location.assignments.rowsOf(user.holder)) {
      const asset = assetOf(location, row);
      asset.assigned -= 1;
      asset.retired += 1;
      location.versions.bump('assets');
    }
  }
}

function moveBooks(location: Location, from: User, to: User): void {
  for (;;) {
    const [row] = location.assignments.rowsOf(from.holder);
    if (row === undefined) return;
    const asset = assetOf(location, row);
    const version = location.versions.bump('assignments');
    location.assignments.remove(row, version);
    if (location.assignments.find(asset.index, to.holder) < 0)
      location.assignments.add(asset.index, to.holder, version);
    else asset.assigned -= 1;
    if (asset.retired > 0) {
      asset.retired -= 1;
      asset.assigned += 1;
    }
    location.versions.bump('assets');
  }
}

function assetOf(location: Location, row: number) {
  return location.assets.at(location.assignments.asset[row] ?? 0);
}
