import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { sql } from 'kysely';
import { migrate } from '../packages/server/src/store/engine/migrate.ts';
import { type Database, openDatabase } from '../packages/server/src/store/engine/open-database.ts';
import { readAllAssignments } from '../packages/server/src/store/licenses/reads/all-assignments.ts';
import { readHolderPage } from '../packages/server/src/store/licenses/reads/holders.ts';
import { readHoldings } from '../packages/server/src/store/licenses/reads/holdings.ts';

/**
 * How soon questions about holders are answered in one large location: the first page of an asset everybody holds, a page
 * in its middle, a serial number of which the beginning or all is typed, and what one device holds; beside a `select 1`
 * of the same engine in the same run. `node bench/holders.ts`; a table, and JSON under bench/results. Ends with code 1
 * when one of them is above the limit.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const LIMIT_MS = 50;
const TIMES = 300;
const ASSETS = 20;
const SIZES = { embedded: 1_000_000, postgres: 10_000_000 };

const devices = (rows: number) => rows / ASSETS;
const serial = (n: number) => `C02${n.toString(36).toUpperCase().padStart(7, '0')}`;

/** Rows by SQL in the order of their key; the serial numbers are those of `serial`, in their order. */
async function seed({ db }: Database, rows: number): Promise<void> {
  await sql`insert into locations (uid, held) values ('L1', ${rows})`.execute(db);
  await sql`
    insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available, retired,
      device_assignable, revocable, platforms, read_at, listed_at)
    select 'L1', (900000000 + n)::text, 'STDQ', 'App', false, ${devices(rows)}::integer, ${devices(rows)}::integer, 0, 0, true,
      true, '{iOS}', now(), now() from generate_series(1, ${ASSETS}::integer) n`.execute(db);
  await sql`create temporary table serials as select n, 'C02' || (
      select string_agg(substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', ((n / (36 ^ place)::bigint) % 36)::integer + 1, 1), '' order by place desc)
      from generate_series(0, 6) place) as serial
    from generate_series(0, ${devices(rows) - 1}::integer) n`.execute(db);
  for (let asset = 1; asset <= ASSETS; asset++)
    await sql`insert into assignments select locations.no, assets.no, false, serial, 0
      from locations join assets on assets.location_uid = locations.uid cross join serials
      where assets.adam_id = ${String(900_000_000 + asset)} order by n`.execute(db);
  await sql`drop table serials`.execute(db);
  await sql`analyze`.execute(db);
}

interface Timing {
  medianMs: number;
  p99Ms: number;
}

async function timed(ask: (n: number) => Promise<unknown>): Promise<Timing> {
  for (let n = 0; n < 20; n++) await ask(n);
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now();
    await ask(n);
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  return { medianMs: times[Math.floor(TIMES / 2)] ?? 0, p99Ms: times[Math.floor(TIMES * 0.99)] ?? 0 };
}

async function measure(database: Database, rows: number) {
  const { db } = database;
  const began = performance.now();
  await seed(database, rows);
  const seedSeconds = (performance.now() - began) / 1000;
  const some = (n: number) => serial((n * 7919) % devices(rows));
  const key = (n: number) => ({ uId: 'L1', adamId: String(900_000_001 + (n % ASSETS)), pricingParam: 'STDQ' });
  const from = (n: number) => Buffer.from(JSON.stringify([false, some(n)])).toString('base64url');
  const questions = {
    'select 1': () => sql`select 1`.execute(db),
    'first 100 holders': (n: number) => readHolderPage(db, key(n), {}, { limit: 100 }),
    '100 holders from the middle': (n: number) => readHolderPage(db, key(n), {}, { limit: 100, cursor: from(n) }),
    'a serial number': (n: number) => readHolderPage(db, key(n), { q: some(n).toLowerCase() }, { limit: 100 }),
    'the beginning of one': (n: number) => readHolderPage(db, key(n), { q: some(n).slice(0, 8) }, { limit: 100 }),
    'what a device holds': (n: number) => readHoldings(db, { holder: some(n), uId: 'L1' }),
    'the same, in all locations': (n: number) => readHoldings(db, { holder: some(n) }),
  };
  const timings: Record<string, Timing> = {};
  for (const [name, ask] of Object.entries(questions)) timings[name] = await timed(ask);

  const exportBegan = performance.now();
  const before = process.memoryUsage().rss;
  let exported = 0;
  let most = before;
  const location = await db.selectFrom('locations').select('no').executeTakeFirstOrThrow();
  for await (const page of readAllAssignments(db, location.no, {})) {
    exported += page.length;
    most = Math.max(most, process.memoryUsage().rss);
    if (exported >= 1_000_000) break;
  }
  const exportSeconds = (performance.now() - exportBegan) / 1000;
  return {
    rows,
    seedSeconds,
    timings,
    exported,
    exportSeconds,
    exportMegabytes: Math.round((most - before) / 2 ** 20),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'winesap-bench-'));
const results: Record<string, Awaited<ReturnType<typeof measure>>> = {};
try {
  const base = await createTestDatabase();
  for (const [engine, rows] of Object.entries(SIZES)) {
    const database = await openDatabase(
      engine === 'embedded' ? { kind: 'embedded', dataDir: folder } : { kind: 'postgres', url: base.url, poolSize: 1 },
    );
    await migrate(database);
    const result = await measure(database, rows);
    await database.close();
    results[engine] = result;
    process.stdout.write(
      `  ${engine}, ${rows.toLocaleString('en-US')} assignments (made in ${result.seedSeconds.toFixed(0)} s)\n`,
    );
    for (const [name, { medianMs, p99Ms }] of Object.entries(result.timings)) {
      process.stdout.write(
        `    ${name.padEnd(30)} median ${medianMs.toFixed(1).padStart(6)} ms   p99 ${p99Ms.toFixed(1).padStart(6)} ms   ${(p99Ms / LIMIT_MS).toFixed(2)} of the limit\n`,
      );
      if (p99Ms > LIMIT_MS) process.exitCode = 1;
    }
    process.stdout.write(
      `    export of ${result.exported.toLocaleString('en-US')} rows: ${result.exportSeconds.toFixed(1)} s, ${result.exportMegabytes} MB more at most\n`,
    );
  }
  await base.drop();
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'holders.json'), `${JSON.stringify({ limitMs: LIMIT_MS, ...results }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
// The test's PostgreSQL, where one was started, ends with this process.
process.exit();
