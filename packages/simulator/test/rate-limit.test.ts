import { afterAll, beforeAll, expect, test } from 'vitest';
import { RateLimit } from '../src/http/rate.ts';
import { AppleSide } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start({ rateLimit: true });
});
afterAll(() => apple.close());

test('the sixteenth request within a second is refused, another location not', async () => {
  const { uId, token } = await apple.location();
  const other = await apple.location();

  const answers = await Promise.all(Array.from({ length: 20 }, () => apple.call('getClientConfig', { token })));

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(15);
  expect(answers.filter(({ body }) => body.errorNumber === 9646)).toHaveLength(5);
  expect((await apple.call('getClientConfig', { token: other.token })).status).toBe(200);
  const { byLocation } = await apple.control('GET', '/requests');
  expect(byLocation[uId]).toMatchObject({ total: 20, maxPerSecond: 20, writes: 0 });
});

test('the limit follows service config, and the ban on many at once its switch', async () => {
  const { token } = await apple.location();
  await apple.control('PATCH', '/settings', { limits: { maxRequestPerSecond: 3 } });
  const few = await Promise.all(Array.from({ length: 5 }, () => apple.call('getClientConfig', { token })));
  expect(few.filter(({ status }) => status === 200)).toHaveLength(3);

  const { token: second } = await apple.location();
  await apple.control('PATCH', '/settings', { rateLimit: false, atOnceLimit: 5, latencyMs: 100 });
  const atOnce = await Promise.all(Array.from({ length: 8 }, () => apple.call('getClientConfig', { token: second })));
  await apple.control('PATCH', '/settings', {
    rateLimit: true,
    atOnceLimit: null,
    latencyMs: 0,
    limits: { maxRequestPerSecond: 15 },
  });

  expect(atOnce.filter(({ status }) => status === 200)).toHaveLength(5);
  expect((await apple.control('GET', '/requests')).maxAtOnce).toBeGreaterThanOrEqual(5);
});

test('requests at once are counted until their answers are out', async () => {
  const { uId, token } = await apple.location();
  await apple.control('PATCH', '/settings', { rateLimit: false, latencyMs: 60 });
  await Promise.all([1, 2, 3, 4].map(() => apple.call('getClientConfig', { token })));
  await apple.control('PATCH', '/settings', { latencyMs: 0 });
  for (let n = 0; n < 30; n++) await apple.call('getAssets', { token });
  const first = (await apple.control('GET', '/requests')).byLocation[uId];
  await apple.control('DELETE', '/requests');
  for (let n = 0; n < 30; n++) await apple.call('getAssets', { token });
  const second = (await apple.control('GET', '/requests')).byLocation[uId];
  await apple.control('PATCH', '/settings', { rateLimit: true });

  expect([first.maxAtOnce, second.maxAtOnce]).toEqual([4, 1]);
});

test('in no window of one second do more than the limit pass', () => {
  const limit = new RateLimit();
  const passed: number[] = [];
  for (let now = 0; now < 10_000; now += 7) if (limit.take(now, 15, false)) passed.push(now);

  for (const start of passed)
    expect(passed.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(15);
  expect(passed.length).toBeGreaterThanOrEqual(150);
});
