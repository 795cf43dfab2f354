import { type AnyRoute, type Person, routes } from '@winesap/api';
import { mayActAs } from '@winesap/core';
import type { FastifyRequest } from 'fastify';
import type { Auth } from '../auth/create-auth.ts';
import { headersOf } from './headers.ts';
import { Refusal } from './refusal.ts';

/** Who asks, when they may; throws a refusal when they may not. */
export type Admit = (route: AnyRoute, request: FastifyRequest) => Promise<Person>;

/** `key`: as the route says. `open`: everybody. `off`: there is nothing there. */
export type MetricsAccess = 'key' | 'open' | 'off';

const NOBODY: Person = { id: '', name: '', email: '', role: 'viewer', createdAt: '' };

export function admission(auth: Auth, metrics: MetricsAccess): Admit {
  return async (route, request) => {
    const isMetrics = route === routes.getMetrics;
    if (isMetrics && metrics === 'off') throw new Refusal('request.not-found');
    if (route.access === 'public' || (isMetrics && metrics === 'open')) return NOBODY;
    const headers = headersOf(request);
    if (isMetrics) acceptBearer(headers);
    const who = await auth.whoIs(headers);
    if (who === null) throw new Refusal('request.not-signed-in');
    if (!mayActAs(who.role, route.access))
      throw new Refusal('request.not-permitted', { needed: route.access, role: who.role });
    return who;
  };
}

/** Scrapers know one way to send a credential everywhere: `Authorization: Bearer`. */
function acceptBearer(headers: Headers): void {
  const [, key] = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (key !== undefined && !headers.has('x-api-key')) headers.set('x-api-key', key);
}
