import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApi, routes } from '@winesap/api';
import { serve } from '@winesap/server';
import { createStrictApi, OWNER, refused, type Stack, signIn, startStack } from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

describe('the first owner', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ firstRun: true });
  });
  afterAll(() => stack?.stop());

  test("can't be created without the code from the terminal", async () => {
    const api = createStrictApi({ baseUrl: stack.url });

    for (const setupCode of ['', 'AAAA-AAAA-AAAA', stack.setupCode.slice(0, -1)]) {
      const problem = await refused(api.call(routes.setUp, { body: { ...OWNER, setupCode } }));
      expect(problem).toMatchObject({ code: 'setup.wrong-code', status: 403 });
    }
    const without = await refused(createApi({ baseUrl: stack.url }).call(routes.setUp, { body: OWNER as never }));
    expect(without).toMatchObject({ code: 'request.invalid', detail: expect.stringContaining('setupCode') });
    expect((await api.call(routes.getSetup, {})).needed).toBe(true);
  });

  test('is created with the code in any notation, and then the code is useless', async () => {
    const setupCode = ` ${stack.setupCode.toLowerCase().replaceAll('-', ' ')}`;
    const api = createStrictApi({ baseUrl: stack.url });

    await api.call(routes.setUp, { body: { ...OWNER, setupCode } });

    expect((await signIn(stack.url, OWNER)).cookie).not.toBe('');
    const eve = { name: 'Eve', email: 'eve@elsewhere.example', password: 'let-me-in-please', setupCode };
    expect((await refused(api.call(routes.setUp, { body: eve }))).code).toBe('setup.done');
    expect(stack.log.join('')).not.toContain(stack.setupCode);
  });
});

test('ten wrong codes a minute cause a block, and the answer says how long to wait', async () => {
  const stack = await startStack({ firstRun: true });
  const attempt = () =>
    fetch(`${stack.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...OWNER, setupCode: 'AAAA-AAAA-AAAA' }),
    });

  const answers = [];
  for (let n = 0; n < 22; n++) answers.push(await attempt());
  await stack.stop();

  expect(answers[0]?.status).toBe(403);
  expect(answers.at(-1)?.status).toBe(429);
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('an owner created from the settings needs no code', async () => {
  const { dataDir, remove } = await newDataFolder();
  const passwordFile = join(dataDir, 'password');
  await writeFile(passwordFile, OWNER.password);
  const env = {
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: dataDir,
    WINESAP_APPLE_URL: 'http://127.0.0.1:1',
    WINESAP_OWNER_EMAIL: OWNER.email,
    WINESAP_OWNER_PASSWORD_FILE: passwordFile,
  };

  const server = await serve({ env, log: { write: () => undefined } });
  const session = await signIn(server.url, OWNER);
  await server.stop();
  remove();

  expect(session.cookie).not.toBe('');
  expect(server.setupCode).toBeNull();
});
