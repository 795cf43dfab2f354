import { isActive, type KnownUser, sameUser, type User } from './user.ts';

export type UserChangeKind = 'created' | 'updated' | 'retired' | 'associated';

/** A user as a notification names it. Null: not said. */
export interface NoticedUser {
  clientUserId: string;
  email: string | null;
  idHash: string | null;
  inviteCode: string | null;
  status: string | null;
}

/** What Apple leaves out is what the change means. */
const STATUS: Record<UserChangeKind, string | null> = {
  created: 'Registered',
  updated: null,
  retired: 'Retired',
  associated: 'Associated',
};

/**
 * What a notification makes of a user. `fits`: it follows from what was stored. Where it does not, it came late, twice in
 * a changed world, or another one was lost, and Apple is to be asked.
 */
export function noticedUser(
  stored: KnownUser | null,
  change: UserChangeKind,
  told: NoticedUser,
): { user: KnownUser; fits: boolean } {
  // A new registration has what it is said to have; whether Apple repeats everything of an older one is not known.
  const before = change === 'created' ? null : stored;
  const user: User = {
    clientUserId: told.clientUserId,
    status: told.status ?? STATUS[change] ?? before?.status ?? '',
    email: told.email ?? before?.email ?? null,
    idHash: told.idHash ?? before?.idHash ?? null,
  };
  const anew = stored !== null && !isActive(stored) && isActive(user);
  return { user: { ...user, several: stored?.several === true || anew }, fits: follows(stored, change, user) };
}

function follows(stored: KnownUser | null, change: UserChangeKind, user: User): boolean {
  if (sameUser(stored, user)) return true;
  if (isActive(user) === (change === 'retired')) return false;
  return change === 'created' ? stored === null : stored !== null && isActive(stored);
}
