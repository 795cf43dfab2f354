import { OWNER, type Stack, startStack } from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

let behindProxy: Stack;
let direct: Stack;

beforeAll(async () => {
  const env = { WINESAP_PUBLIC_URL: 'https://winesap.example' };
  behindProxy = await startStack({ env: { ...env, WINESAP_TRUSTED_PROXIES: '127.0.0.1, fd00::/8' } });
  direct = await startStack({ env });
});
afterAll(async () => {
  await behindProxy?.stop();
  await direct?.stop();
});

function tryPassword(stack: Stack, from: string, email: string, password = 'a-guess-of-a-password') {
  return fetch(`${stack.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: stack.url, 'x-forwarded-for': from },
    body: JSON.stringify({ email, password }),
  });
}

test("one account can't be guessed from many addresses, known or not, and its owner is not locked out at home", async () => {
  const home = '203.0.113.250';
  const elsewhere = '203.0.113.251';
  expect((await tryPassword(behindProxy, home, OWNER.email, OWNER.password)).status).toBe(200);

  const guesses = async (email: string, net: string) => {
    const answers = [];
    for (let n = 1; n <= 11; n++) answers.push(await tryPassword(behindProxy, `${net}.${n}`, email));
    return answers;
  };
  const known = await guesses(OWNER.email, '198.51.100');
  const unknown = await guesses('Nobody@winesap.example', '192.0.2');

  for (const answers of [known, unknown]) {
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const last = answers.at(-1);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(600);
    expect(await last?.json()).toMatchObject({ code: 'sign-in.too-many' });
  }
  expect((await tryPassword(behindProxy, elsewhere, OWNER.email, OWNER.password)).status).toBe(429);
  expect((await tryPassword(behindProxy, home, OWNER.email, OWNER.password)).status).toBe(200);
});

test("many accounts can't be guessed from one address, whatever its headers", async () => {
  const answers = [];
  for (let n = 1; n <= 31; n++) answers.push(await tryPassword(direct, `203.0.113.${n}`, `person${n}@winesap.example`));

  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 30 }, () => 401), 429]);
  const ignored = direct.log.filter((line) => line.includes('X-Forwarded-For is ignored'));
  expect(ignored).toHaveLength(1);
  expect(behindProxy.log.join('')).not.toContain('X-Forwarded-For is ignored');
});
