import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi, routes } from '@winesap/api';
import { OWNER, signIn } from '@winesap/testkit';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { expect, test } from 'vitest';
import { serve } from '../src/index.ts';
import { startBetween } from './postgres-between.ts';

test('behind a pooler, the start log says what is missing, and responses are as fresh as ever', async () => {
  const place = await createTestDatabase();
  const between = await startBetween(place.url, { asPooler: true });
  const folder = mkdtempSync(join(tmpdir(), 'winesap-pooler-'));
  const lines: string[] = [];
  const server = await serve({
    env: {
      WINESAP_PORT: '0',
      WINESAP_DATA_DIR: folder,
      WINESAP_DATABASE_URL: between.url,
      WINESAP_APPLE_URL: 'http://127.0.0.1:9',
    },
    log: { write: (line: string) => lines.push(line) },
  });
  await createApi({ baseUrl: server.url, headers: { origin: server.url } }).call(routes.setUp, {
    body: { ...OWNER, setupCode: server.setupCode ?? '' },
  });
  const { api } = await signIn(server.url, OWNER);

  const names: string[][] = [];
  for (const name of ['Orchard', 'Vineyard']) {
    await api.call(routes.addOrganization, { body: { name } });
    names.push((await api.call(routes.listOrganizations, {})).organizations.map((one) => one.name));
  }

  expect(names).toEqual([['Orchard'], ['Orchard', 'Vineyard']]);
  expect(lines.filter((line) => line.includes('changes are not heard'))).toHaveLength(1);
  await server.stop();
  await between.close();
  await place.drop();
  rmSync(folder, { recursive: true });
});
