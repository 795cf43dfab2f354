/** A person who can hold licenses, as Apple lists them at a location. */
export interface User {
  clientUserId: string;
  /** Apple's word, also one nobody knows; empty where it gives none. */
  status: string;
  email: string | null;
  /** Of the Apple Account, the same for the same one. Null while none is associated. */
  idHash: string | null;
}

/** What is stored of a `clientUserId`: the active registration if there is one, else one that retired. */
export interface KnownUser extends User {
  /** Apple lists, or listed, other registrations besides. */
  several: boolean;
}

export type UserChange = 'registered' | 'retired' | 'changed' | 'gone';

/** Whoever is not retired may be given licenses; of a word nobody knows that is assumed. */
export function isActive({ status }: Pick<User, 'status'>): boolean {
  return status !== 'Retired' && status !== 'Deleted';
}

export function sameUser(a: User | null, b: User | null): boolean {
  if (a === null || b === null) return a === b;
  return a.status === b.status && a.email === b.email && a.idHash === b.idHash;
}

/** A registration with what Apple left out this time as it was known of the same one. */
export function filledUser<Row extends User>(row: Row, known: User | null): Row {
  if (known === null || (row.status !== '' && row.status !== known.status)) return row;
  return { ...row, status: known.status, email: row.email ?? known.email, idHash: row.idHash ?? known.idHash };
}

/** What became of a user, in one word; null where nothing did. */
export function userChange(before: User | null, after: User | null): UserChange | null {
  if (sameUser(before, after)) return null;
  if (after === null) return 'gone';
  const wasActive = before !== null && isActive(before);
  if (isActive(after)) return wasActive ? 'changed' : 'registered';
  return wasActive || before === null ? 'retired' : 'changed';
}

/**
 * Of all registrations of one `clientUserId` the one to show: the active one, else one that retired with an Apple Account,
 * which may still hold books. The same whatever the order they come in.
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
 * What is to be stored after Apple told which registrations of a `clientUserId` changed. `unsure`: which of several they
 * are cannot be said, so that all of them have to be asked for.
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
  // The only registration there was, so it is the one that changed.
  if (isActive(stored)) return pickUser(rows);
  const isAmongThem = rows.some(({ idHash }) => idHash === stored.idHash);
  return pickUser(isAmongThem ? rows : [stored, ...rows]);
}

/** Positive when `a` tells more than `b`. Ties are broken by what is written, so that there are none. */
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
