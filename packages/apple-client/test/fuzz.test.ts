import { inspect } from 'node:util';
import { examples } from '@winesap/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AppleClient, AppleError, readNotification } from '../src/index.ts';
import { CONTENT_TOKEN, INNER_SECRET, quickClient } from './builders.ts';
import { scriptedServer } from './scripted-server.ts';

/** A few runs by default. FUZZ_RUNS sets the number, FUZZ_SEED the seed. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 400);
const parameters: fc.Parameters<unknown> = {
  numRuns,
  ...(process.env.FUZZ_SEED ? { seed: Number(process.env.FUZZ_SEED) } : {}),
};

const bodies = examples.map(({ value }) => value);

const calls: ((client: AppleClient) => Promise<unknown>)[] = [
  (client) => client.serviceConfig(),
  (client) => client.clientConfig(),
  (client) => client.setClientConfig({ mdmInfo: { id: 'i', name: 'n', metadata: 'm' } }),
  (client) => client.legacyClientConfig(),
  (client) => client.assets(),
  (client) => client.assignments(),
  (client) => client.users(),
  (client) => client.subscriptions(),
  (client) => client.subscriptionAssignments(),
  (client) => client.subscriptionAdmins(),
  (client) => client.addSubscriptionAdmins({ adamIds: ['1'], clientUserIds: ['u'] }),
  (client) => client.enableSubscriptions(),
  (client) => client.associateAssets({ assets: [{ adamId: '1' }], serialNumbers: ['S'] }),
  (client) => client.createUsers({ users: [{ clientUserId: 'u' }] }),
  (client) => client.followEvent('e'),
  (client) => client.lookup({ ids: ['1', '2', '3'], storefront: 'US', platform: 'enterprisestore' }),
];

const keys = [...new Set(bodies.flatMap(keysOf))];
/** Values that break careless readers, among them the token, as a gateway could echo it. */
const nasty = fc.constantFrom<unknown>(
  null,
  true,
  '',
  -1,
  0,
  1e308,
  2147483647,
  '9625',
  [],
  {},
  [null],
  { __proto__: null },
  'a'.repeat(5_000),
  CONTENT_TOKEN,
  `Bearer ${INNER_SECRET}`,
  '\u0000\uD800',
  '9999-99-99T99:99:99+0000',
);

/** A body that is almost right: some properties replaced, removed, or added, at any depth. */
const mangledJson = fc
  .record({
    body: fc.constantFrom(...bodies),
    edits: fc.array(
      fc.record({ key: fc.constantFrom(...keys), value: fc.oneof(nasty, fc.jsonValue()), drop: fc.boolean() }),
      {
        maxLength: 6,
      },
    ),
  })
  .map(({ body, edits }) => {
    const copy: unknown = structuredClone(body);
    for (const { key, value, drop } of edits) edit(copy, key, value, drop);
    return JSON.stringify(copy) ?? '';
  });

const text = fc.oneof(
  { weight: 6, arbitrary: mangledJson },
  // Truncated, or with a byte changed.
  { weight: 3, arbitrary: fc.tuple(mangledJson, fc.nat(400)).map(([json, at]) => json.slice(0, at)) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(mangledJson, fc.nat(400), fc.string({ maxLength: 3 }))
      .map(([json, at, odd]) => json.slice(0, at) + odd + json.slice(at + 1)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<html>Sign in</html>', '[['.repeat(20_000), `{"a":"${CONTENT_TOKEN}`, '\uFEFF{}'),
  },
);

const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant(200) },
  fc.constantFrom(201, 301, 304, 400, 401, 403, 404, 413, 429, 500, 502, 503, 599),
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/html', 'x', `text/${'y'.repeat(300)}`),
    'retry-after': fc.constantFrom(
      '0',
      '5',
      '-1',
      '99999999999999999999',
      'Sun, 22 Nov 2026 10:00:00 GMT',
      'never',
      '',
    ),
    date: fc.constantFrom('Sun, 22 Nov 2026 09:59:00 GMT', 'today'),
  },
  { requiredKeys: [] },
);
const reply = fc.oneof(
  { weight: 9, arbitrary: fc.record({ text, status, headers }) },
  { weight: 1, arbitrary: fc.constantFrom('network', 'half' as const) },
);

describe('garbage instead of an answer', () => {
  test('ends every call with a result or one of the three errors, and no error shows the token', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...calls),
        fc.array(reply, { minLength: 1, maxLength: 8 }),
        async (call, replies) => {
          let asked = 0;
          const { client } = quickClient('https://apple.test', {
            maxResponseBytes: 30_000,
            fetch: async () => {
              const next = replies[asked % replies.length];
              asked += 1;
              // An answer that always continues isn't the client's fault, so this test stops at some point.
              if (asked > 300) return Response.json({ errorNumber: 9602, errorMessage: 'enough' }, { status: 400 });
              return answerWith(next);
            },
          });

          const error = await call(client).then(
            () => null,
            (reason: unknown) => reason,
          );

          ends.add(error instanceof AppleError ? error.kind : 'result');
          if (error !== null) {
            expect(error).toBeInstanceOf(AppleError);
            expectNoSecret(`${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`);
          }
        },
      ),
      parameters,
    );
    expect([...ends].toSorted()).toEqual(['no-answer', 'refused', 'result', 'unreadable']);
  });

  test('on the wire ends the same way, for reads and writes', async () => {
    let wire = Buffer.alloc(0);
    const server = await scriptedServer((socket) => socket.end(wire));
    const whole = Buffer.from(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\nretry-after: 1\r\n\r\n{"uId":"1"}${CONTENT_TOKEN}`,
    );
    const damage = fc.record({
      at: fc.nat(whole.length),
      bytes: fc.uint8Array({ maxLength: 6 }),
      skip: fc.nat(8),
      end: fc.oneof(fc.constant(whole.length), fc.nat(whole.length)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { maxLength: 3 }), fc.boolean(), async (damages, write) => {
        wire = whole;
        for (const { at, bytes, skip, end } of damages) {
          wire = Buffer.concat([wire.subarray(0, at), bytes, wire.subarray(at + skip, end)]);
        }
        const { client } = quickClient(server.url, { timeoutMs: 5_000 });

        const error = await (write ? client.setClientConfig({}) : client.clientConfig()).then(
          () => null,
          (reason: unknown) => reason,
        );

        if (error !== null) {
          expect(error).toBeInstanceOf(AppleError);
          expectNoSecret(`${inspect(error, { depth: 9 })} ${JSON.stringify(error)}`);
        }
      }),
      { ...parameters, numRuns: Math.ceil(numRuns / 4) },
    );
  });

  test('a notification is read or refused', () => {
    fc.assert(
      fc.property(text, (body) => {
        const read = readNotification(body);
        if (read !== null) expect(typeof read.notificationType).toBe('string');
      }),
      parameters,
    );
  });
});

function answerWith(next: Reply | undefined): Response {
  if (next === undefined || next === 'network') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
  if (next === 'half') {
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"assets":[{"ada'));
        controller.error(new TypeError('terminated'));
      },
    });
    return new Response(broken);
  }
  return new Response(next.status === 304 ? null : next.text, { status: next.status, headers: next.headers });
}

type Reply = 'network' | 'half' | { text: string; status: number; headers: Record<string, string> };

function expectNoSecret(shown: string): void {
  for (const secret of [CONTENT_TOKEN, INNER_SECRET]) {
    for (let at = 0; at + 16 <= secret.length; at += 4) expect(shown).not.toContain(secret.slice(at, at + 16));
  }
}

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    Array.isArray(value) ? keysOf(inner) : [key, ...keysOf(inner)],
  );
}

function edit(value: unknown, key: string, replacement: unknown, drop: boolean): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) edit(inner, key, replacement, drop);
  if (Array.isArray(value)) return;
  const object = value as Record<string, unknown>;
  if (key in object && drop) delete object[key];
  else object[key] = structuredClone(replacement);
}
