import { beforeEach, expect, test } from 'vitest';
import { createSignInLimits, type SignInLimits } from '../src/auth/sign-in-limits.ts';

let nowMs = Date.UTC(2026, 10, 22);
const now = () => new Date(nowMs);
const ACCOUNT = 'olive@school.example';

let limits: SignInLimits;

beforeEach(() => {
  limits = createSignInLimits(async ({ address }) => address === '10.0.0.1', now);
});

async function tries(times: number, attempt: (n: number) => { address: string; account: string }): Promise<number[]> {
  const waits = [];
  for (let n = 0; n < times; n++) waits.push(await limits.take(attempt(n)));
  return waits;
}

const none = (times: number) => Array.from({ length: times }, () => 0);

test('an account has ten tries in a quarter of an hour, from all addresses together', async () => {
  const waits = await tries(11, (n) => ({
    address: `192.0.2.${n}`,
    account: n % 2 ? ACCOUNT : ' OLIVE@school.example',
  }));
  nowMs += 15 * 60_000 - 1000;
  const almost = await limits.take({ address: '192.0.2.99', account: ACCOUNT });
  nowMs += 1000;

  expect(waits).toEqual([...none(10), 900]);
  expect(almost).toBe(1);
  expect(await limits.take({ address: '192.0.2.99', account: ACCOUNT })).toBe(0);
});

test("an address has thirty tries in five minutes, and an IPv6 subscriber's whole network shares them", async () => {
  const waits = await tries(31, (n) => ({
    address: `2001:db8:1:2::${n.toString(16)}`,
    account: `${n}@school.example`,
  }));

  expect(waits).toEqual([...none(30), 300]);
  expect(await limits.take({ address: '2001:db8:1:3::1', account: 'a@school.example' })).toBe(0);
});

test('the right password resets its count', async () => {
  for (let n = 0; n < 100; n++) {
    const attempt = { address: '192.0.2.1', account: ACCOUNT };
    expect(await limits.take(attempt)).toBe(0);
    limits.succeeded(attempt);
  }
});

test('an address with a session has ten more tries, and no more than that', async () => {
  await tries(10, (n) => ({ address: `192.0.2.${n}`, account: ACCOUNT }));

  const waits = await tries(11, () => ({ address: '10.0.0.1', account: ACCOUNT }));

  expect(waits).toEqual([...none(10), 900]);
});
