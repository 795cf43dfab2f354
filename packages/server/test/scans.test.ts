import type { ScanAttempt, Scans } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { migrate } from '../src/store/engine/migrate.ts';
import type { Database } from '../src/store/engine/open-database.ts';
import { createScans } from '../src/store/scans/scans.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const PROGRESS = {
  requests: 1,
  assetsDone: 0,
  assetsTotal: null,
  assignmentsDone: 0,
  assignmentsTotal: null,
  usersDone: null,
  usersTotal: null,
};
const OUTCOME = {
  kind: 'full' as const,
  discrepancy: null,
  changes: {
    sums: {
      assetsAdded: 0,
      assetsGone: 0,
      countsChanged: 0,
      assigned: 0,
      unassigned: 0,
      usersRegistered: 0,
      usersRetired: 0,
      usersChanged: 0,
      usersGone: 0,
    },
    assets: [],
  },
};

/** A token and its location, enough for scans of it. */
async function addToken({ db }: Database, uId: string): Promise<{ id: string; identity: { uId: string } }> {
  const { rows } = await sql<{ id: string }>`
    with organization as (insert into organizations (name, created_at) values (${uId}, ${NOW}) returning id),
    policy as (insert into policies (organization_id, name, created_at) select id, 'All', ${NOW} from organization
      returning id, organization_id),
    location as (insert into locations (uid) values (${uId}) returning uid)
    insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
      state_since, next_check_at, added_at, added_by)
    select policy.organization_id, policy.id, location.uid, 'x', 'x', 'watch', 'free', 'healthy', ${NOW}::timestamptz,
      ${NOW}::timestamptz, ${NOW}::timestamptz, 'Grower' from policy, location returning id`.execute(db);
  return { id: rows[0]?.id ?? '', identity: { uId } };
}

forEachEngine((_engine, open) => {
  let database: Database;
  const write = <T>(work: (scans: Scans) => Promise<T>): Promise<T> =>
    database.db.transaction().execute((trx) => work(createScans(trx)));
  const begin = async (id: string, at: Date): Promise<ScanAttempt> => {
    const scan = await write((scans) => scans.begin(id, at));
    if (scan === null) throw new Error('The scan was not to be begun.');
    return scan;
  };

  beforeAll(async () => {
    database = await open();
    await migrate(database);
  });

  test('when a second process restarts a stalled scan, the first can neither write to it nor end it', async () => {
    const token = await addToken(database, 'Barn');
    const { id } = await write((scans) => scans.insertUnlessUnderWay(token, 'button', NOW));
    const first = await begin(id, NOW);
    expect(await write((scans) => scans.begin(id, later(29_000)))).toBeNull();
    const second = await begin(id, later(31_000));

    const failure = { code: 'scan.broken', apple: null };
    expect(await write((scans) => scans.hold(first))).toBe(false);
    expect(await write((scans) => scans.progress(first, PROGRESS, NOW))).toBe(false);
    expect(await write((scans) => scans.touch(first, NOW))).toBe(false);
    expect(await write((scans) => scans.finish(first, OUTCOME, PROGRESS, NOW))).toBe(false);
    expect(await write((scans) => scans.fail(first, failure, NOW))).toBe(false);
    await write((scans) => scans.putBack(first, NOW));

    expect(await write((scans) => scans.hold(second))).toBe(true);
    expect(await write((scans) => scans.finish(second, OUTCOME, PROGRESS, NOW))).toBe(true);
    expect(await write((scans) => scans.hold(second))).toBe(false);
  });

  test('a concurrent request for a scan always returns one that is or was under way', async () => {
    const token = await addToken(database, 'Cellar');
    let asked = 0;
    const untilAsked = async (step: () => Promise<void>) => {
      while (asked < 300) await step();
    };
    const ask = () =>
      untilAsked(async () => {
        const { id } = await write((scans) => scans.insertUnlessUnderWay(token, 'button', NOW));
        asked += 1;
        const scan = await write((scans) => scans.begin(id, NOW));
        if (scan !== null) await write((scans) => scans.finish(scan, OUTCOME, PROGRESS, NOW));
      });

    await expect(Promise.all([ask(), ask(), ask(), ask()])).resolves.toBeDefined();
  });
});
