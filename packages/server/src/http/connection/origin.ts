import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/** Prevents a page of another site from acting with a signed-in person's cookie, whatever the browser sends. */
export function refuseForeignOrigin(publicUrl: string | null) {
  const ours = publicUrl === null ? null : new URL(publicUrl).host;
  return async (request: FastifyRequest): Promise<void> => {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    if (request.headers['sec-fetch-site'] === 'cross-site') throw new Refusal('request.foreign-origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    const host = URL.canParse(origin) ? new URL(origin).host : null;
    if (host === null || (host !== request.headers.host && host !== ours)) throw new Refusal('request.foreign-origin');
  };
}
