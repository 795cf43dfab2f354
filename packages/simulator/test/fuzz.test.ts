import { type EndpointId, endpoints } from '@winesap/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
let token: string;
let uId: string;
const logged: string[] = [];
beforeAll(async () => {
  apple = await AppleSide.start({ log: (line) => logged.push(line) });
  ({ token, uId } = await apple.location());
  await apple.control('POST', `/locations/${uId}/bulk`, {
    assets: 5,
    devices: 20,
    assignmentsPerDevice: 2,
    spare: 100,
  });
  await apple.buy(uId, '900000901', 5);
  await apple.call('enableSubscriptions', { token });
  await apple.control('POST', `/locations/${uId}/subscriptions`, { adamId: 7, renewing: 5 });
  await apple.settle('createUsers', { token, body: { users: [{ clientUserId: 'u-1' }] } });
});
afterAll(() => apple.close());

const v2 = (Object.keys(endpoints) as EndpointId[]).filter((id) => endpoints[id].api === 'v2');

/** Values that fit now and then, and many that never do. */
const odd = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '361309726',
      '900000901',
      'u-1',
      'SER1',
      '',
      'STDQ',
      'PLUS',
      'true',
      '-1',
      '0',
      7,
      1e21,
      -0.5,
      true,
      null,
    ),
  },
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.jsonValue({ maxDepth: 2 }),
);
const asset = fc.oneof(odd, fc.record({ adamId: odd, pricingParam: odd }, { requiredKeys: [] }));
const user = fc.oneof(odd, fc.record({ clientUserId: odd, email: odd, managedAppleId: odd }, { requiredKeys: [] }));
const list = (item: fc.Arbitrary<unknown>) => fc.oneof(odd, fc.array(item, { maxLength: 4 }));
const body = fc.oneof(
  fc.record(
    {
      assets: list(asset),
      clientUserIds: list(odd),
      serialNumbers: list(odd),
      users: list(user),
      adamIds: list(odd),
      renewing: odd,
      deferred: odd,
      mdmInfo: fc.oneof(odd, fc.record({ id: odd, name: odd, metadata: odd }, { requiredKeys: [] })),
      notificationAuthToken: odd,
      notificationTypes: list(odd),
      sToken: odd,
    },
    { requiredKeys: [] },
  ),
  odd,
  fc.string(),
);
const names = [
  'pageIndex',
  'adamId',
  'clientUserId',
  'serialNumber',
  'pricingParam',
  'unlimited',
  'sinceVersionId',
  'cursor',
  'eventId',
  'activeOnly',
  'productType',
];
const query = fc.dictionary(
  fc.constantFrom(...names),
  odd.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
  { maxKeys: 3 },
);

test('whatever is sent, the answer is one the contract knows, and the world stays sound', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...v2), body, query, async (id, sent, parameters) => {
      const options =
        endpoints[id].method === 'POST' ? { body: typeof sent === 'string' ? sent : JSON.stringify(sent) } : {};

      const { status, body: answer } = await apple.call(id, { token, query: parameters, ...options });

      expect([200, 400]).toContain(status);
      expect(status === 400).toBe('errorNumber' in answer);
    }),
    {
      numRuns: Number(process.env.FUZZ_RUNS ?? 600),
      // What is no number of an asset is named in the refusal as it was sent.
      examples: [['associateAssets', { assets: [{ adamId: 'SER1' }], clientUserIds: ['u-1'] }, {}]],
    },
  );
  await apple.control('POST', '/clock', { advanceMs: 3_600_000 });

  expect(logged).toEqual([]);
  for (const row of (await apple.call('getAssets', { token })).body.assets as Json[]) {
    expect(row.assignedCount + row.availableCount + row.retiredCount).toBe(row.totalCount);
    expect(row.availableCount).toBeGreaterThanOrEqual(0);
  }
});

test('the control surface refuses whatever it does not understand with a sentence', async () => {
  const routes = [
    '/locations',
    `/locations/${'2'.repeat(16)}/tokens`,
    `/locations/X/purchases`,
    '/faults',
    '/clock',
    '/accounts/a/role',
  ];
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...routes), fc.jsonValue({ maxDepth: 2 }), async (path, sent) => {
      const { status, body: answer } = await apple.tryControl('POST', path, sent);

      expect([400, 404]).toContain(status);
      expect(typeof answer.error).toBe('string');
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  );
});
