import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { OWNER, signIn } from '@winesap/testkit';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { migrate } from '../packages/server/src/store/engine/migrate.ts';
import { type DatabaseOptions, openDatabase } from '../packages/server/src/store/engine/open-database.ts';
import { end, start, WINESAP } from './parts/program.ts';
import { type Reading, readHard } from './parts/read-hard.ts';
import { seedLocations } from './parts/seed-locations.ts';

/**
 * What reading the API costs: 16 readers at once, on both engines, each address beside a bare Fastify route that answers the
 * same bytes in the same run. *First time*: every request asks what nobody has asked before, by spaces in a search, so that no
 * answer can be used again. Winesap, the bare server and the readers are processes of their own. The processor time is the
 * server's, all threads, without that of a PostgreSQL server. `node bench/api.ts [engine] [seconds]`; a table on standard
 * output, JSON under bench/results. Ends with code 1 above a limit.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const BARE = fileURLToPath(new URL('parts/bare-server.ts', import.meta.url));
const READERS = 16;
const LIMIT_P99_MS = 100;
const LIST_LIMIT = 10;
const FIXED_LIMIT = 3;

type Engine = 'embedded' | 'postgres';

interface Case {
  name: string;
  path: string;
  /** Times the bare route; null: shown, and judged by nothing. */
  limit: number | null;
  firstTime?: true;
}

interface Result extends Reading {
  engine: Engine;
  name: string;
  bytes: number;
  bare: Reading;
  timesBare: number;
  limit: number | null;
}

const ASSETS = '/api/locations/2049025000431440/assets';
const FEW: Case[] = [
  { name: 'me', path: '/api/me', limit: FIXED_LIMIT },
  { name: 'openapi.json', path: '/api/openapi.json', limit: FIXED_LIMIT },
  { name: '5 tokens', path: '/api/tokens', limit: LIST_LIMIT },
  { name: 'events', path: '/api/events', limit: LIST_LIMIT },
  { name: 'assets', path: ASSETS, limit: LIST_LIMIT },
  { name: '5 tokens, first time', path: '/api/tokens', limit: null, firstTime: true },
  { name: 'events, first time', path: '/api/events', limit: null, firstTime: true },
  { name: 'assets, first time', path: ASSETS, limit: null, firstTime: true },
];
const MANY: Case[] = [
  { name: '500 tokens', path: '/api/tokens', limit: LIST_LIMIT },
  { name: '500 tokens, first time', path: '/api/tokens', limit: null, firstTime: true },
];

const [onlyEngine, seconds = '5'] = process.argv.slice(2);

/** A search for nothing: blanks, of which every number has its own. */
const blanks = (number: number) => encodeURIComponent(number.toString(2).replaceAll('0', ' ').replaceAll('1', '\t'));

async function measure(
  engine: Engine,
  url: string,
  cases: Case[],
  server: Parameters<typeof readHard>[0],
  folder: string,
) {
  const { cookie } = await signIn(url, OWNER);
  const forMs = Number(seconds) * 1000;
  const results: Result[] = [];
  for (const { name, path, limit, firstTime } of cases) {
    const headers = { cookie };
    const body = Buffer.from(await (await fetch(url + path, { headers })).arrayBuffer());
    const file = join(folder, 'body');
    writeFileSync(file, body);
    const bareServer = await start([BARE, file]);
    const bareUrl = bareServer.line.split(' ').at(-1) ?? '';
    const bare = await readHard(bareServer.child, () => bareUrl, headers, { readers: READERS, forMs });
    await end(bareServer.child);
    const address = url + path;
    const addressOf = firstTime ? (number: number) => `${address}?q=${blanks(number)}` : () => address;
    const reading = await readHard(server, addressOf, headers, { readers: READERS, forMs });
    const timesBare = reading.cpuMsPerRequest / bare.cpuMsPerRequest;
    const result: Result = { engine, name, bytes: body.length, ...reading, bare, timesBare, limit };
    show(result);
    results.push(result);
  }
  return results;
}

function show({ engine, name, bytes, perSecond, cpuMsPerRequest, bare, timesBare, limit, p50Ms, p99Ms }: Result): void {
  const cells = [
    engine.padEnd(9),
    name.padEnd(23),
    `${(bytes / 1000).toFixed(1)} KB`.padStart(9),
    `${perSecond.toFixed(0)}/s`.padStart(8),
    `${cpuMsPerRequest.toFixed(2)} ms`.padStart(9),
    `${bare.cpuMsPerRequest.toFixed(2)} ms`.padStart(8),
    timesBare.toFixed(1).padStart(6),
    (limit === null ? '' : `≤ ${limit}`).padStart(6),
    `${p50Ms.toFixed(0)}, ${p99Ms.toFixed(0)} ms`.padStart(11),
  ];
  process.stdout.write(`  ${cells.join(' ')}\n`);
}

async function measureEngine(engine: Engine): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'winesap-api-'));
  const testDatabase = engine === 'postgres' ? await createTestDatabase() : null;
  const dataDir = join(folder, 'data');
  const options: DatabaseOptions =
    testDatabase === null ? { kind: 'embedded', dataDir } : { kind: 'postgres', url: testDatabase.url };
  writeFileSync(join(folder, 'password'), OWNER.password);
  const results: Result[] = [];
  try {
    for (const [from, to, cases] of [
      [0, 5, FEW],
      [5, 500, MANY],
    ] as const) {
      const database = await openDatabase(options);
      await migrate(database);
      await seedLocations(database.db, from, to);
      await database.close();
      const { child, line } = await start([WINESAP, 'serve'], {
        WINESAP_PORT: '0',
        WINESAP_DATA_DIR: dataDir,
        // Nothing is due, so nobody is asked.
        WINESAP_APPLE_URL: 'http://127.0.0.1:9',
        WINESAP_LOG_LEVEL: 'silent',
        WINESAP_OWNER_EMAIL: OWNER.email,
        WINESAP_OWNER_PASSWORD_FILE: join(folder, 'password'),
        ...(testDatabase && { WINESAP_DATABASE_URL: testDatabase.url }),
      });
      results.push(...(await measure(engine, line.split(' ').at(-1) ?? '', cases, child, folder)));
      await end(child);
    }
  } finally {
    await testDatabase?.drop();
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

process.stdout.write(
  '  engine    what                     answer  requests processor     bare  ratio           p50, p99\n',
);
const results: Result[] = [];
for (const engine of ['embedded', 'postgres'] as const)
  if (onlyEngine === undefined || onlyEngine === engine) results.push(...(await measureEngine(engine)));
if (onlyEngine === undefined) {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'api.json'), `${JSON.stringify(results, null, 2)}\n`);
}
if (results.some(({ limit, timesBare, p99Ms }) => limit !== null && (timesBare > limit || p99Ms > LIMIT_P99_MS)))
  process.exitCode = 1;
// The test's PostgreSQL, where one was started, ends with this process.
process.exit();
