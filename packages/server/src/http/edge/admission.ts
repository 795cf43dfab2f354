import { type AnyRoute, routes } from '@winesap/api';
import { mayActAs } from '@winesap/core';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../../auth/caller.ts';
import type { Auth } from '../../auth/create-auth.ts';
import type { Changes } from '../../store/changes.ts';
import { RememberedCallers } from '../kept/remembered-callers.ts';
import { Refusal } from '../refusals/refusal.ts';

/** Returns the caller, or throws a refusal if they aren't allowed. */
export type Admit = (route: AnyRoute, request: FastifyRequest) => Promise<Admitted>;

/** `credential` is null where none was needed. */
export type Admitted = Omit<Caller, 'credential'> & { credential: Caller['credential'] | null };

/** `key`: as the route says. `open`: everyone. `off`: the route does not exist. */
export type MetricsAccess = 'key' | 'open' | 'off';

const NOBODY: Admitted = {
  person: { id: '', name: '', email: '', role: 'viewer', createdAt: '' },
  credential: null,
};

export function admission(auth: Auth, metrics: MetricsAccess, changes: Changes, now: () => Date): Admit {
  const remembered = new RememberedCallers(changes, now);
  return async (route, request) => {
    const isMetrics = route === routes.getMetrics;
    if (isMetrics && metrics === 'off') throw new Refusal('request.not-found');
    if (route.access === 'public' || (isMetrics && metrics === 'open')) return NOBODY;
    const shown = shownBy(request, isMetrics);
    if (shown === null) throw new Refusal('request.not-signed-in');
    request.upToDate = await changes.upToDate();
    const caller = await remembered.find(shown.join(' '), request.upToDate, () => auth.whoIs(new Headers([shown])));
    if (caller === null) throw new Refusal('request.not-signed-in');
    const { role } = caller.person;
    if (!mayActAs(role, route.access)) throw new Refusal('request.not-permitted', { needed: route.access, role });
    if (!route.withKey && caller.credential.kind === 'key') throw new Refusal('request.session-needed');
    return caller;
  };
}

/**
 * The one header that identifies the caller. Scrapers support one way of sending a credential everywhere:
 * `Authorization: Bearer`.
 */
function shownBy({ headers }: FastifyRequest, orBearer: boolean): [name: string, value: string] | null {
  const key = headers['x-api-key'];
  if (typeof key === 'string') return ['x-api-key', key];
  const [, bearer] = (orBearer && /^Bearer (\S+)$/i.exec(headers.authorization ?? '')) || [];
  if (bearer !== undefined) return ['x-api-key', bearer];
  return headers.cookie === undefined ? null : ['cookie', headers.cookie];
}
