/** A person who can hold licenses, as Apple lists them at a location. */
export interface User {
  clientUserId: string;
  /** Apple's word, including unknown ones; empty if Apple sends none. */
  status: string;
  email: string | null;
  /** The hash of the Apple Account, the same for the same account. Null while none is associated. */
  idHash: string | null;
}

/** What is stored for a `clientUserId`: the active registration if there is one, else a retired one. */
export interface KnownUser extends User {
  /** Apple lists, or listed, other registrations as well. */
  several: boolean;
}

export type UserChange = 'registered' | 'retired' | 'changed' | 'gone';

/** A user can get licenses unless retired. For an unknown status, that is assumed. */
export function isActive({ status }: Pick<User, 'status'>): boolean {
  return status !== 'Retired' && status !== 'Deleted';
}

export function sameUser(a: User | null, b: User | null): boolean {
  if (a === null || b === null) return a === b;
  return a.status === b.status && a.email === b.email && a.idHash === b.idHash;
}

/** Fills what Apple left out this time with what is known of the same registration. */
export function filledUser<Row extends User>(row: Row, known: User | null): Row {
  if (known === null || (row.status !== '' && row.status !== known.status)) return row;
  return { ...row, status: known.status, email: row.email ?? known.email, idHash: row.idHash ?? known.idHash };
}

/** Returns what happened to a user, in one word; null if nothing did. */
export function userChange(before: User | null, after: User | null): UserChange | null {
  if (sameUser(before, after)) return null;
  if (after === null) return 'gone';
  const wasActive = before !== null && isActive(before);
  if (isActive(after)) return wasActive ? 'changed' : 'registered';
  return wasActive || before === null ? 'retired' : 'changed';
}

/**
 * Returns the registration to show of all with the same `clientUserId`: the active one, else a retired one with an
 * Apple Account, which may still hold books. The result does not depend on their order.
 */
export function pickUser(rows: readonly User[]): KnownUser | null {
  let best: User | null = null;
  let several = false;
  for (const row of rows) {
    if (best !== null && !sameUser(best, row)) several = true;
    if (best === null || bySaying(row, best) > 0) best = row;
  }
  return best === null ? null : { ...best, several };
}

/**
 * Returns what to store after Apple reported which registrations of a `clientUserId` changed. `unsure`: it is ambiguous
 * which of several changed, so all of them have to be requested.
 */
export function changedUser(stored: KnownUser | null, rows: readonly User[]): KnownUser | null | 'unsure' {
  if (stored === null) return pickUser(rows);
  if (rows.every((row) => sameUser(row, stored))) return stored;
  const active = rows.findLast(isActive);
  if (active !== undefined) {
    const others = stored.several || !isActive(stored) || rows.some((row) => !isActive(row));
    return { ...active, several: others };
  }
  if (stored.several) return 'unsure';
  // It was the only registration, so it is the one that changed.
  if (isActive(stored)) return pickUser(rows);
  const isAmongThem = rows.some(({ idHash }) => idHash === stored.idHash);
  return pickUser(isAmongThem ? rows : [stored, ...rows]);
}

/** Positive if `a` says more than `b`. Ties are broken by content, so that the order is total. */
function bySaying(a: User, b: User): number {
  const rank = ({ status }: User) => (isActive({ status }) ? 2 : status === 'Retired' ? 1 : 0);
  const parts: [string | number, string | number][] = [
    [rank(a), rank(b)],
    [a.idHash ?? '', b.idHash ?? ''],
    [a.email ?? '', b.email ?? ''],
    [a.status, b.status],
  ];
  const [left, right] = parts.find(([one, other]) => one !== other) ?? [0, 0];
  return left > right ? 1 : left < right ? -1 : 0;
}
