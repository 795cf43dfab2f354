import { addressGroup, MINUTE_MS } from '@winesap/core';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusals/refusal.ts';

/**
 * Refuses an address that makes more than this many requests per minute. Remembers only the callers of the last minute.
 * Errors: `request.too-many`.
 */
export function createThrottle(perMinute: number, now: () => Date): (request: FastifyRequest) => void {
  let minute = 0;
  let calls = new Map<string, number>();
  return (request) => {
    const nowMs = now().getTime();
    const current = Math.floor(nowMs / MINUTE_MS);
    if (current !== minute) {
      minute = current;
      calls = new Map();
    }
    const caller = addressGroup(request.ip);
    const count = (calls.get(caller) ?? 0) + 1;
    calls.set(caller, count);
    if (count <= perMinute) return;
    throw new Refusal('request.too-many', { retryAfterSeconds: Math.ceil(((minute + 1) * MINUTE_MS - nowMs) / 1000) });
  };
}
