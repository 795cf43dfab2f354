import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A serialized response. The same content has the same ETag in every process and after a restart. */
export interface MadeAnswer {
  body: Buffer;
  etag: string;
}

export function makeAnswer(answer: unknown): MadeAnswer {
  const body = Buffer.from(JSON.stringify(answer));
  return { body, etag: `"${hash('sha256', body, 'base64url')}"` };
}

/** Sends it, or 304 if the caller already has it. */
export function sendMade(request: FastifyRequest, reply: FastifyReply, { body, etag }: MadeAnswer): FastifyReply {
  reply.header('etag', etag);
  if (isNamed(etag, request.headers['if-none-match'])) return reply.status(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
}

/** A compressing proxy weakens the ETag; the content is the same. */
function isNamed(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => {
    const mark = one.trim();
    return mark === '*' || mark.replace(/^W\//, '') === etag;
  });
}
