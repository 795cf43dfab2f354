import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Credential } from '../src/auth/caller.ts';
import { LiveHub } from '../src/http/edge/live-hub.ts';

const START = new Date('2026-11-22T12:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

/** The part of a response that the hub uses. */
function openReply() {
  const written: string[] = [];
  let ended = false;
  const raw = {
    writableLength: 0,
    writeHead: () => undefined,
    write: (text: string) => written.push(text),
    end: () => {
      ended = true;
    },
  };
  const reply = { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as FastifyReply;
  const request = { raw: new EventEmitter() } as unknown as FastifyRequest;
  return { reply, request, written, ended: () => ended };
}

test('a stream ends when its session expires, without any other event', () => {
  const hub = new LiveHub(
    '1',
    async () => true,
    () => new Date(),
  );
  const short = openReply();
  const lasting = openReply();
  const credential = (expiresAt: Date | null): Credential => ({ kind: 'session', id: 's', expiresAt });
  hub.admit(short.request, short.reply, 'olive', credential(new Date(START.getTime() + 60_000)));
  hub.admit(lasting.request, lasting.reply, 'olive', credential(null));

  vi.advanceTimersByTime(50_000);
  expect(short.ended()).toBe(false);
  vi.advanceTimersByTime(30_000);

  expect(short.ended()).toBe(true);
  expect(lasting.ended()).toBe(false);
  expect(hub.watchers).toBe(1);
  hub.close();
});
