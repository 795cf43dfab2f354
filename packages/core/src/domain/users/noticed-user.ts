import { isActive, type KnownUser, sameUser, type User } from './user.ts';

export type UserChangeKind = 'created' | 'updated' | 'retired' | 'associated';

/** A user as a notification names it. Null: left out. */
export interface NoticedUser {
  clientUserId: string;
  email: string | null;
  idHash: string | null;
  inviteCode: string | null;
  status: string | null;
}

/** What the change implies if Apple leaves it out. */
const STATUS: Record<UserChangeKind, string | null> = {
  created: 'Registered',
  updated: null,
  retired: 'Retired',
  associated: 'Associated',
};

/**
 * Applies a notification to a user. `fits`: it follows from what was stored. If not, it was late or repeated, or an
 * earlier one was lost, so Apple has to be asked.
 */
export function noticedUser(
  stored: KnownUser | null,
  change: UserChangeKind,
  told: NoticedUser,
): { user: KnownUser; fits: boolean } {
  // A new registration has exactly what the notification says. Whether Apple repeats everything for an older one is
  // unknown.
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
