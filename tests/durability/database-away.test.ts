import { routes } from '@winesap/api';
import { refused, scanned, until } from '@winesap/testkit';
import { newDataFolder, type TestFolder } from '@winesap/testkit/data-folder';
import { createTestDatabase, type TestDatabase } from '@winesap/testkit/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from 'winesap-simulator';
import { addToken } from './add-token.ts';
import { makeOwner } from './make-owner.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

let simulator: Simulator;
let base: TestDatabase;
let folder: TestFolder;
let server: ServerProcess;

beforeAll(async () => {
  simulator = await startSimulator({ rateLimit: false });
  base = await createTestDatabase();
  folder = await newDataFolder();
  server = await startServerProcess({
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: folder.dataDir,
    WINESAP_DATABASE_URL: base.url,
    WINESAP_APPLE_URL: simulator.url,
  });
});

afterAll(async () => {
  await server?.kill();
  await base?.drop();
  folder?.remove();
  await simulator?.close();
});

test('an unreachable PostgreSQL server is reported as such, and everything continues when it is back', async () => {
  const { api } = await makeOwner(server);
  const { tokenId } = await addToken(api, simulator, 'Barn', { assets: 2, devices: 20, assignmentsPerDevice: 1 });
  await scanned(api, tokenId);

  await base.shut();
  const problem = await refused(api.call(routes.listOrganizations, {}));
  const status = async () => (await fetch(`${server.url}/api/status`)).status;
  const statusMeanwhile = await status();
  await base.reopen();

  const reports = server.lines.filter((line) => line.includes('the job queue reports an error'));
  // Everything after the first line about it would be a repetition.
  expect(reports.slice(1)).toEqual([]);
  expect(problem).toMatchObject({ code: 'database.away', status: 503 });
  expect(statusMeanwhile).toBe(503);
  await until('the status to be good again', status, (code) => code === 200);
  await until('the database to be used again', () =>
    api.call(routes.listOrganizations, {}).then(
      () => true,
      () => false,
    ),
  );
  // Jobs and their notifications work again, too: a scan needs both.
  const { id: scanId } = await api.call(routes.scanToken, { params: { tokenId } });
  expect(await scanned(api, tokenId)).toMatchObject({ scan: { id: scanId, state: 'succeeded' }, assignments: 20 });
});
