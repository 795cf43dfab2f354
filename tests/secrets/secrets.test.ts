import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, routes } from '@winesap/api';
import { openDatabase } from '@winesap/server/store/open-database';
import {
  addOrganization,
  bytesOf,
  createAppleControl,
  createAppleUsers,
  inspect,
  OWNER,
  renew,
  scanned,
} from '@winesap/testkit';
import { createTestDatabase, type TestDatabase } from '@winesap/testkit/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from 'winesap-simulator';
import { makeOwner } from '../durability/make-owner.ts';
import { type ServerProcess, startServerProcess } from '../durability/server-process.ts';
import { createRecordingApi } from './recording-api.ts';
import { SecretSearch } from './secret-search.ts';

/** Of a user that Apple lists. */
const MAIL = 'anna.winesap@secret-orchard.example';

describe.each(['embedded', 'postgres'] as const)('on the %s engine', (engine) => {
  const search = new SecretSearch();
  const answers: string[] = [];
  const lines: string[] = [];
  let simulator: Simulator;
  let dataDir: string;
  let base: TestDatabase | undefined;
  let server: ServerProcess | undefined;

  beforeAll(async () => {
    simulator = await startSimulator({ rateLimit: false });
    dataDir = mkdtempSync(join(tmpdir(), 'winesap-secrets-'));
    base = engine === 'postgres' ? await createTestDatabase() : undefined;
    server = await startServerProcess({
      WINESAP_PORT: '0',
      WINESAP_DATA_DIR: dataDir,
      WINESAP_APPLE_URL: simulator.url,
      WINESAP_LOG_LEVEL: 'debug',
      ...(base && { WINESAP_DATABASE_URL: base.url }),
    });
    await tellStory(server);
    lines.push(...server.lines);
    await server.stop();
    server = undefined;
  });

  afterAll(async () => {
    await server?.kill();
    await simulator?.close();
    await base?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Everything that is ever done with a token file, successful or not. */
  async function tellStory(process: ServerProcess): Promise<void> {
    const { url } = process;
    const apple = createAppleControl(simulator.control);
    const owner = await makeOwner(process);
    search.add('the owner’s password', OWNER.password);
    const { key } = await owner.api.call(routes.addKey, { body: { name: 'the test' } });
    search.add('the API key', key.slice(14));
    const api = createRecordingApi(url, { 'x-api-key': key }, answers);
    // Live messages are responses too; the stream ends with the server.
    const stream = await api.open(routes.stream, {});
    stream.text().catch(() => undefined);

    const location = await apple.addLocation({ orgName: 'Secret Orchard', locationName: 'Safe' });
    const other = await apple.addLocation({ orgName: 'Other Orchard', locationName: 'Elsewhere' });
    await apple.fill(location.uId, { assets: 3, devices: 40, assignmentsPerDevice: 2 });
    const newFile = async (uId: string) => {
      const file = await apple.tokenFile(uId);
      search.add('a token file', file);
      search.add('the token inside a file', innerToken(file));
      return file;
    };

    const { policyId } = await addOrganization(api, 'Secret Orchard');
    const first = await newFile(location.uId);
    const users = createAppleUsers(simulator.url, first);
    await users.create({ clientUserId: 'anna', email: MAIL }, { clientUserId: 'ben' });
    for (const { inviteCode = '' } of await users.list()) search.add('an invite code', inviteCode);
    const { file } = await inspect(api, first, 'sToken.vpptoken');
    const { token } = await api.call(routes.addToken, {
      params: { policyId },
      query: { fingerprint: file.fingerprint, mode: 'manage', fileName: 'sToken.vpptoken' },
      body: bytesOf(first),
    });
    const { tokenId } = token;
    await scanned(api, tokenId);
    const found = await api.call(routes.listUsers, { params: { uId: location.uId }, query: { q: MAIL } });
    expect(found.users.map(({ email }) => email)).toEqual([MAIL]);
    await users.retire('anna');
    await renew(api, tokenId, await newFile(location.uId));
    await scanned(api, tokenId);

    await uploadBadly(api, tokenId, policyId, first, await newFile(other.uId));
    for (const name of ['html-error', 'truncated-json', 'server-error', 'unknown-error-number']) {
      await apple.fault({ name });
      await api.call(routes.checkToken, { params: { tokenId } });
      await attempt(inspect(api, await newFile(location.uId)));
      await apple.endFaults();
    }
    await renew(api, tokenId, await newFile(location.uId));
    await scanned(api, tokenId);
    await apple.resetPassword(`content@${location.managedDomain}`);
    await api.call(routes.checkToken, { params: { tokenId } });
    await attempt(api.call(routes.scanToken, { params: { tokenId } }));
    await attempt(renew(api, tokenId, first));
    // Two files through a customer's link: one is confirmed, one still waits when the search begins.
    const sendByLink = async () => {
      const body = { days: 3, autoConfirm: false };
      const { path } = await owner.api.call(routes.addUploadLink, { params: { tokenId }, body });
      const secret = path.replace('/upload/', '');
      search.add('the secret of an upload link', secret);
      const customer = createRecordingApi(url, {}, answers);
      await customer.call(routes.getUploadPage, { params: { secret } });
      const file = bytesOf(await newFile(location.uId));
      await customer.call(routes.sendUpload, {
        params: { secret },
        body: file,
        query: { fileName: 'by-link.vpptoken' },
      });
      await attempt(customer.call(routes.sendUpload, { params: { secret }, body: file }));
    };
    await sendByLink();
    const { waiting } = await api.call(routes.listUploads, { params: { tokenId } });
    const upload = { uploadId: waiting[0]?.id ?? '' };
    const { tokenVersion } = await api.call(routes.previewUpload, { params: upload });
    await api.call(routes.confirmUpload, { params: upload, query: { tokenVersion } });
    await sendByLink();
    const { path: calendar } = await owner.api.call(routes.addCalendarFeed, { body: { name: 'All' } });
    const [, secret = ''] = /([^/]+)\.ics$/.exec(calendar) ?? [];
    search.add('the secret of a calendar', secret);
    await (await api.open(routes.getCalendar, { params: { secret } })).text();
    await readEverything(api, tokenId, policyId);
    await scanned(api, tokenId);
    // Another token is removed, with its history kept; the first one stays, with its file waiting.
    const { policyId: elsewhere } = await addOrganization(api, 'Other Orchard');
    const last = await newFile(other.uId);
    const shown = await inspect(api, last);
    const added = await api.call(routes.addToken, {
      params: { policyId: elsewhere },
      query: { fingerprint: shown.file.fingerprint, mode: 'watch' },
      body: bytesOf(last),
    });
    await scanned(api, added.token.tokenId);
    await api.call(routes.removeToken, {
      params: { tokenId: added.token.tokenId },
      body: { locationName: 'Elsewhere', releaseClaim: false },
    });
  }

  test('no response of the API contains any of it', () => {
    for (const answer of answers) search.lookAt('an answer', answer);

    expect(answers.length).toBeGreaterThan(50);
    expect(search.takeFinds()).toEqual([]);
  });

  test('no line of the log contains any of it', () => {
    for (const line of lines) search.lookAt('the log', line);

    expect(lines.length).toBeGreaterThan(20);
    expect(search.takeFinds()).toEqual([]);
  });

  test('no line of the log and no event names a user of the location', async () => {
    const database = await openDatabase(base ? { kind: 'postgres', url: base.url } : { kind: 'embedded', dataDir });
    const { rows } = await sql<{ text: string }>`select e::text as text from events e`.execute(database.db);
    await database.close();

    expect(rows.some(({ text }) => text.includes('1 user retired'))).toBe(true);
    expect([...lines, ...rows.map(({ text }) => text)].filter((line) => line.includes(MAIL))).toEqual([]);
  });

  test('no row of any table contains any of it', async () => {
    const database = await openDatabase(base ? { kind: 'postgres', url: base.url } : { kind: 'embedded', dataDir });
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`.execute(database.db);
    let seen = 0;
    for (const { name } of tables) {
      const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.raw(name)} as t`.execute(
        database.db,
      );
      seen += rows.length;
      for (const { text } of rows) search.lookAt(`table ${name}`, text);
    }
    await database.close();

    expect(seen).toBeGreaterThan(100);
    expect(search.takeFinds()).toEqual([]);
  });

  test('no file of the data folder contains any of it', () => {
    search.lookInto(dataDir);

    expect(search.takeFinds()).toEqual([]);
    // Proves that the search works: it finds a third of a secret in the middle of a file.
    const control = new SecretSearch();
    control.add('a control', 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    writeFileSync(
      join(dataDir, 'control'),
      `...${'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'.slice(7, 47)}...`,
    );
    control.lookInto(dataDir);
    expect(control.takeFinds()).toEqual([{ where: 'control', secret: 'a control' }]);
  });
});

/** Wrong files in the right place, and the right secret in the wrong form. */
async function uploadBadly(api: Api, tokenId: string, policyId: string, stored: string, foreign: string) {
  const json = Buffer.from(stored, 'base64').toString();
  const bad = [foreign, stored, innerToken(stored), json, `<html>${stored}</html>`, `${stored}!`, stored.slice(0, 300)];
  for (const text of bad) {
    await attempt(renew(api, tokenId, text));
    await attempt(inspect(api, text, 'wrong.vpptoken'));
    await attempt(
      api.call(routes.addToken, {
        params: { policyId },
        query: { fingerprint: 'x'.repeat(22), mode: 'watch' },
        body: bytesOf(text),
      }),
    );
  }
}

async function readEverything(api: Api, tokenId: string, policyId: string): Promise<void> {
  await api.call(routes.listTokens, {});
  await (await api.open(routes.exportTokens, {})).text();
  await api.call(routes.getToken, { params: { tokenId } });
  await api.call(routes.getPolicy, { params: { policyId } });
  await api.call(routes.listAssets, { params: { policyId } });
  await (await api.open(routes.exportAssets, { params: { policyId } })).text();
  await api.call(routes.listEvents, { query: { limit: 500 } });
  await (await api.open(routes.exportEvents, {})).text();
  await api.call(routes.previewRemoval, { params: { tokenId } });
  await api.call(routes.listPeople, {});
  await api.call(routes.listKeys, {});
  await api.call(routes.listCalendarFeeds, {});
  await (await api.open(routes.getMetrics, {})).text();
}

/** Includes refusals, whose responses are recorded. */
async function attempt(call: Promise<unknown>): Promise<void> {
  await call.catch(() => undefined);
}

function innerToken(file: string): string {
  return (JSON.parse(Buffer.from(file, 'base64').toString()) as { token: string }).token;
}
