import { type AnyRoute, routes } from '@winesap/api';
import { mayActAs } from '@winesap/core';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { Auth } from '../auth/create-auth.ts';
import { headersOf } from './headers.ts';
import { Refusal } from './refusal.ts';

/** Who asks, when they may; throws a refusal when they may not. */
export type Admit = (route: AnyRoute, request: FastifyRequest) => Promise<Admitted>;

/** `credential` is null where none was needed. */
export type Admitted = Omit<Caller, 'credential'> & { credential: Caller['credential'] | null };

/** `key`: as the route says. `open`: everybody. `off`: there is nothing there. */
export type MetricsAccess = 'key' | 'open' | 'off';

const NOBODY: Admitted = {
  person: { id: '', name: '', email: '', role: 'viewer', createdAt: '' },
  credential: null,
};

export function admission(auth: Auth, metrics: MetricsAccess): Admit {
  return async (route, request) => {
    const isMetrics = route === routes.getMetrics;
    if (isMetrics && metrics === 'off') throw new Refusal('request.not-found');
    if (route.access === 'public' || (isMetrics && metrics === 'open')) return NOBODY;
    const headers = headersOf(request);
    if (isMetrics) acceptBearer(headers);
    const caller = await auth.whoIs(headers);
    if (caller === null) throw new Refusal('request.not-signed-in');
    const { role } = caller.person;
    if (!mayActAs(role, route.access)) throw new Refusal('request.not-permitted', { needed: route.access, role });
    if (!route.withKey && caller.credential.kind === 'key') throw new Refusal('request.session-needed');
    return caller;
  };
}

/** Scrapers know one way to send a credential everywhere: `Authorization: Bearer`. */
function acceptBearer(headers: Headers): void {
  const [, key] = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (key !== undefined && !headers.has('x-api-key')) headers.set('x-api-key', key);
}
