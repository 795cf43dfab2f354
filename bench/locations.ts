import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createAppleControl } from '@winesap/testkit';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { sql } from 'kysely';
import { tokenPlace } from '../packages/core/src/domain/seal-place.ts';
import { shareOf } from '../packages/core/src/domain/time-slot.ts';
import { nextCheckAt } from '../packages/core/src/domain/tokens/check-schedule.ts';
import { openSeal } from '../packages/server/src/seal/seal.ts';
import { migrate } from '../packages/server/src/store/engine/migrate.ts';
import { openDatabase } from '../packages/server/src/store/engine/open-database.ts';
import { end, processorSeconds, SIMULATOR, start, WINESAP } from './parts/program.ts';

/**
 * Ten thousand locations whose tokens are asked about by two workers on one PostgreSQL server, for one whole interval: how
 * many requests each costs, how evenly they come, what the workers need. They are there from the start, as if all had been
 * added at one moment, and nothing of them is scanned. Time-lapse: the interval is five minutes instead of an hour, so that
 * everything happens twelve times as fast. PostgreSQL is the one of the tests, which does not wait for the disk.
 * `node bench/locations.ts [locations] [minutes]`; a table on standard output, JSON under bench/results.
 */
const RESULTS = fileURLToPath(new URL('results/', import.meta.url));
const [locations = 10_000, minutes = 5] = process.argv.slice(2).map(Number);
const INTERVAL_MS = minutes * 60_000;
const SEALED_AT_ONCE = 500;
/** After so long the workers have loaded what they need. */
const WARM_UP_MS = 20_000;

const folder = mkdtempSync(join(tmpdir(), 'winesap-locations-'));
const database = await createTestDatabase();
const env = {
  WINESAP_DATA_DIR: folder,
  WINESAP_DATABASE_URL: database.url,
  WINESAP_CHECK_MINUTES: String(minutes),
  WINESAP_LOG_LEVEL: 'warn',
  WINESAP_METRICS: 'open',
};

const memory = ({ pid }: ChildProcess) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);

/** At Apple a location each; in Winesap an organization with a policy for each, and its token, just added. */
async function addLocations(control: string): Promise<void> {
  const apple = createAppleControl(control);
  const seal = await openSeal({ dataDir: folder });
  const base = await openDatabase({ kind: 'postgres', url: database.url });
  await migrate(base);
  const { rows } = await sql<{ id: string }>`
    insert into organizations (name, created_at) values ('Orchard', now()) returning id`.execute(base.db);
  for (let from = 0; from < locations; from += SEALED_AT_ONCE) {
    const some = await Promise.all(
      Array.from({ length: Math.min(SEALED_AT_ONCE, locations - from) }, async (_, index) => {
        const { uId } = await apple.addLocation({ orgName: 'Orchard', locationName: `Barn ${from + index}` });
        const [id, text] = [randomUUID(), await apple.tokenFile(uId)];
        return { id, uId, sealed: await seal.seal(text, tokenPlace(id, uId)), mark: seal.fingerprint(text) };
      }),
    );
    const now = new Date();
    const checked = {
      state: 'healthy',
      since: now,
      expiresAt: new Date(now.getTime() + 365 * 86_400_000),
      retryAfterMs: null,
    } as const;
    const due = some.map(({ uId }) => nextCheckAt(checked, now, INTERVAL_MS, shareOf(uId)));
    await sql`
      with fresh as (select * from unnest(${some.map(({ id }) => id)}::uuid[], ${some.map(({ uId }) => uId)}::text[],
        ${some.map(({ mark }) => mark)}::text[], ${some.map(({ sealed }) => sealed)}::text[],
        ${due.map((at) => at.toISOString())}::text[]) as fresh (id, uid, mark, sealed, due)),
      location as (insert into locations (uid, name) select uid, 'Barn ' || uid from fresh),
      policy as (insert into policies (organization_id, name, created_at)
        select ${rows[0]?.id}::uuid, uid, now() from fresh returning id, name)
      insert into content_tokens (id, organization_id, policy_id, location_uid, sealed, fingerprint, expires_at, mode, claim, state,
        state_since, definite_at, checked_at, success_at, next_check_at, next_scan_at, added_at, added_by)
      select fresh.id, ${rows[0]?.id}::uuid, policy.id, uid, sealed, mark, ${checked.expiresAt}, 'watch', 'free', 'healthy', now(), now(),
        now(), now(), due::timestamptz, null, now(), 'the bench' from fresh join policy on policy.name = uid`.execute(
      base.db,
    );
  }
  await sql`analyze`.execute(base.db);
  await base.close();
}

/** The moments of all requests, read often enough that the simulator's list of the last thousand misses none. */
async function collect(control: string, forMs: number, moments: Map<number, number>): Promise<void> {
  const apple = createAppleControl(control);
  const until = Date.now() + forMs;
  let seen = 0;
  while (Date.now() < until) {
    await pause(Math.min(8_000, Math.max(0, until - Date.now())));
    const { total, last } = await apple.requests();
    for (const { at } of last.slice(Math.max(0, last.length - (total - seen)))) {
      const second = Math.floor(Date.parse(at) / 1000);
      moments.set(second, (moments.get(second) ?? 0) + 1);
    }
    seen = total;
  }
}

/** The busiest of stretches of so many seconds, beside the average one. */
function busiest(perSecond: readonly number[], seconds: number): number {
  const stretches = Array.from({ length: Math.floor(perSecond.length / seconds) }, (_, index) =>
    perSecond.slice(index * seconds, (index + 1) * seconds).reduce((sum, one) => sum + one, 0),
  );
  return Math.max(...stretches) / (stretches.reduce((sum, one) => sum + one, 0) / stretches.length);
}

const simulator = await start([SIMULATOR, '--port', '0', '--latency-ms', '50']);
const { url, control } = JSON.parse(simulator.line) as { url: string; control: string };
await addLocations(control);
const began = performance.now();
const workers = [
  await start([WINESAP, 'worker'], { ...env, WINESAP_APPLE_URL: url }),
  await start([WINESAP, 'worker'], { ...env, WINESAP_APPLE_URL: url }),
];
try {
  // Nothing is due before half an interval has passed.
  await pause(Math.max(0, INTERVAL_MS * 0.6 - (performance.now() - began)) + WARM_UP_MS);
  await createAppleControl(control).forgetRequests();
  const memoryBefore = workers.map(({ child }) => memory(child));
  const processorBefore = workers.map(({ child }) => processorSeconds(child));
  const moments = new Map<number, number>();
  await collect(control, INTERVAL_MS, moments);

  const { total, byPath, byLocation, last } = await createAppleControl(control).requests();
  const each = Object.values(byLocation).map((one) => one.total);
  const seconds = [...moments.keys()].toSorted((a, b) => a - b);
  const first = (seconds[0] ?? 0) + 1;
  // Whole seconds only: the first and the last are cut.
  const perSecond = Array.from(
    { length: (seconds.at(-1) ?? 0) - first },
    (_, index) => moments.get(first + index) ?? 0,
  );
  const result = {
    locations,
    minutes,
    requests: total,
    asked: each.filter((count) => count > 0).length,
    requestsPerLocation: total / locations,
    mostOfOneLocation: Math.max(...each),
    paths: byPath,
    refused: last.filter(({ status }) => status !== 200).length,
    perSecond: total / (INTERVAL_MS / 1000),
    busiestSecond: busiest(perSecond, 1),
    busiestTenSeconds: busiest(perSecond, 10),
    busiestMinute: busiest(perSecond, 60),
    workers: workers.map(({ child }, index) => ({
      megabytesBefore: memoryBefore[index] ?? 0,
      megabytesAfter: memory(child),
      processorMsPerCheck:
        ((processorSeconds(child) - (processorBefore[index] ?? 0)) * 1000) / (total / workers.length),
    })),
  };
  const say = (what: string, how: string) => process.stdout.write(`  ${what.padEnd(36)} ${how}\n`);
  say(
    'locations, workers, interval',
    `${locations.toLocaleString('en-US')}, ${workers.length}, ${minutes} min (time-lapse of an hour)`,
  );
  say(
    'requests in one interval',
    `${total.toLocaleString('en-US')}, ${result.requestsPerLocation.toFixed(3)} per location, ${result.mostOfOneLocation} at most`,
  );
  say('locations not asked, answers not 200', `${locations - result.asked}, ${result.refused}`);
  say('requests per second', result.perSecond.toFixed(1));
  say(
    'busiest second, 10 s, minute',
    `${[result.busiestSecond, result.busiestTenSeconds, result.busiestMinute].map((one) => one.toFixed(2)).join(', ')} of the average`,
  );
  for (const [index, one] of result.workers.entries())
    say(
      `worker ${index + 1}`,
      `memory ${one.megabytesBefore} → ${one.megabytesAfter} MB, ${one.processorMsPerCheck.toFixed(1)} ms of the processor per check, if shared evenly`,
    );
  const tens = Array.from({ length: Math.floor(perSecond.length / 10) }, (_, index) =>
    perSecond.slice(index * 10, index * 10 + 10).reduce((sum, count) => sum + count, 0),
  );
  process.stdout.write(`  each ten seconds: ${tens.join(' ')}\n`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'locations.json'), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  for (const { child } of workers) await end(child);
  await end(simulator.child);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
}
// The test's PostgreSQL, where one was started, ends with this process.
process.exit();
