import { count } from '../quote.ts';

export interface UserChanges {
  registered: number;
  retired: number;
  changed: number;
  /** Apple no longer lists them. */
  gone: number;
}

export const NO_USER_CHANGES: UserChanges = { registered: 0, retired: 0, changed: 0, gone: 0 };

/** `3 users registered, 1 retired`; empty if nothing changed. */
export function userWords({ registered, retired, changed, gone }: UserChanges): string {
  const [first, ...others] = [
    { users: registered, what: 'registered' },
    { users: retired, what: 'retired' },
    { users: changed, what: 'changed' },
    { users: gone, what: 'gone' },
  ].filter(({ users }) => users > 0);
  if (first === undefined) return '';
  return [
    `${count(first.users, 'user')} ${first.what}`,
    ...others.map(({ users, what }) => count(users, what, what)),
  ].join(', ');
}
