import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/** No address of ours has U+0000 in it, in no path and no query, and no database keeps it. Refused once, for all. */
export async function refuseUnstorableAddress(request: FastifyRequest): Promise<void> {
  if (/%00/.test(request.url)) throw new Refusal('request.invalid', { problems: ['the address: contains U+0000.'] });
}
