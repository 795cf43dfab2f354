import type { QueryInputOf, routes } from '@winesap/api';

/** What the address says of the list; every part a text. */
export interface UserSearch {
  q?: string | undefined;
  status?: string | undefined;
  holding?: string | undefined;
}

type UserFilter = QueryInputOf<typeof routes.exportUsers>;

/** The server's filter for an address; what is mistyped is left out instead of refused. */
export function userFilterOf({ q, status, holding }: UserSearch): UserFilter {
  const wanted = q?.trim().slice(0, 200) ?? '';
  return {
    ...(wanted === '' ? {} : { q: wanted }),
    ...(status === undefined ? {} : { status: status.slice(0, 60) }),
    ...(holding === 'true' ? { holding } : {}),
  };
}

/** Retired users who still hold licenses: what people look for first. */
export const LEFT_BEHIND = { status: 'Retired', holding: 'true' } as const satisfies UserSearch;

export function isLeftBehind({ status, holding }: UserSearch): boolean {
  return status === LEFT_BEHIND.status && holding === LEFT_BEHIND.holding;
}
