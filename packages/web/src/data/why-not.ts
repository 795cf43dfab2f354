import { useSuspenseQuery } from '@tanstack/react-query';
import type { Access, AnyRoute, Person } from '@winesap/api';
import { meQuery } from './queries.ts';

const RANK: Record<Access, number> = { public: 0, viewer: 1, admin: 2, owner: 3 };

/**
 * Why a person may not use a route, in the server's own words; null where the role allows it. The server judges again,
 * and knows more: what a policy, a token or an asset allows comes with it, as `may`.
 */
export function whyNot({ role }: Pick<Person, 'role'>, { access }: Pick<AnyRoute, 'access'>): string | null {
  return RANK[role] >= RANK[access] ? null : `This needs the role ${access}. You are ${role}. Ask an owner.`;
}

/** The same of whoever is signed in. */
export function useWhyNot(route: AnyRoute): string | null {
  return whyNot(useSuspenseQuery(meQuery).data, route);
}
