import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/**
 * None of our addresses contains U+0000, in path or query, and databases can't store it. Refused once, for all routes.
 */
export async function refuseUnstorableAddress(request: FastifyRequest): Promise<void> {
  if (/%00/.test(request.url)) throw new Refusal('request.invalid', { problems: ['the address: contains U+0000.'] });
}
