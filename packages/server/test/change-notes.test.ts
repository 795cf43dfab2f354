import { type RouteId, routes } from '@winesap/api';
import type { Deps } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { type CompiledQuery, type Kysely, type KyselyPlugin, type RootOperationNode, sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { alertHandlers } from '../src/http/alerts/alerts.ts';
import type { Context } from '../src/http/edge/context.ts';
import type { Call, Handler } from '../src/http/edge/handler.ts';
import { logHandlers } from '../src/http/installation/log.ts';
import { KEPT_LISTS } from '../src/http/kept/kept-lists.ts';
import { licenseHandlers } from '../src/http/licenses/licenses.ts';
import { thresholdHandlers } from '../src/http/licenses/thresholds.ts';
import { treeHandlers } from '../src/http/organizations/tree.ts';
import { policyAssetHandlers } from '../src/http/tokens/policy-assets.ts';
import { tokenHandlers } from '../src/http/tokens/tokens.ts';
import type { Database } from '../src/store/engine/open-database.ts';
import { LIVE_CHANNEL, type LiveNote } from '../src/store/live.ts';
import type { Tables } from '../src/store/tables.ts';

/** A location with a token, an asset, an alert, and everything else that lists join. */
async function seed(db: Kysely<Tables>) {
  const { rows } = await sql<{ organization: string; policy: string }>`
    with organization as (insert into organizations (name, created_at) values ('Orchard', now()) returning id),
    location as (insert into locations (uid, name, country) values ('2049', 'Barn', 'US')),
    policy as (insert into policies (organization_id, name, created_at) select id, 'Fleet', now() from organization
      returning id, organization_id),
    token as (insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
        state_since, next_check_at, added_at, added_by)
      select organization_id, id, '2049', 'sealed', 'print', 'watch', 'free', 'healthy', now(), now() + interval '1 day', now(),
        'Olive' from policy returning id),
    asset as (insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available,
        retired, device_assignable, revocable, platforms, read_at, listed_at)
      values ('2049', '361309726', 'STDQ', 'App', false, 5, 1, 4, 0, true, true, '{iOS}', now(), now())),
    named as (insert into asset_metadata (adam_id, country, name, read_at) values ('361309726', 'us', 'Pages', now())),
    event as (insert into events (at, level, receiver_type, receiver_name, code, text)
      values (now(), 'info', 'system', 'Winesap', 'test', 'A test.')),
    rule as (insert into rules (name, enabled, scope, condition, created_at)
      values ('Broken', true, '{"kind":"all"}', '{"kind":"state","entered":[],"left":[]}', now()) returning id),
    scan as (insert into scans (token_id, location_uid, reason, state, queued_at, moved_at)
      select id, '2049', 'button', 'running', now(), now() from token)
    select organization_id as organization, id as policy from policy`.execute(db);
  const [place] = rows;
  if (place === undefined) throw new Error('There should be a policy.');
  return { organizationId: place.organization, policyId: place.policy, uId: '2049' };
}

/** Records the queries sent to the database. */
class Asked implements KyselyPlugin {
  readonly queries: CompiledQuery[] = [];
  #db: Kysely<Tables> | undefined;

  watch(db: Kysely<Tables>): Kysely<Tables> {
    this.#db = db;
    return db.withPlugin(this);
  }

  transformQuery({ node, queryId }: { node: RootOperationNode; queryId: CompiledQuery['queryId'] }) {
    if (this.#db !== undefined) this.queries.push(this.#db.getExecutor().compileQuery(node, queryId));
    return node;
  }

  async transformResult<R>({ result }: { result: R }): Promise<R> {
    return result;
  }
}

/** Returns the tables that a query reads, according to its plan. */
async function tablesOf(db: Kysely<Tables>, query: CompiledQuery): Promise<string[]> {
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': unknown }>({
    ...query,
    sql: `explain (format json) ${query.sql}`,
  });
  const names: string[] = [];
  JSON.stringify(rows, (key, value) => {
    if (key === 'Relation Name') names.push(value);
    return value;
  });
  return names;
}

forEachEngine((_engine, open) => {
  let database: Database;
  let place: Awaited<ReturnType<typeof seed>>;
  const notes: LiveNote[] = [];

  beforeAll(async () => {
    database = await open();
    place = await seed(database.db);
    await database.listen(LIVE_CHANNEL, (payload) => notes.push(JSON.parse(payload)));
  });

  /** Returns the messages that a statement causes once it is committed. */
  async function told(statement: ReturnType<typeof sql>): Promise<LiveNote[]> {
    await database.heard();
    notes.length = 0;
    await statement.execute(database.db);
    await database.heard();
    return [...notes];
  }

  test('every table that a cached list reads announces its changes', async () => {
    const asked = new Asked();
    const db = asked.watch(database.db);
    const auth = { sessionCookie: 'winesap.session' } as Context['auth'];
    const context = { db, auth, now: () => new Date(), keptDays: 90, deps: {} as Deps, version: '1' } as Context;
    const handlers = {
      ...tokenHandlers(context),
      ...treeHandlers(context),
      ...policyAssetHandlers(context),
      ...licenseHandlers(context),
      ...logHandlers(context),
      ...alertHandlers(context),
      ...thresholdHandlers(context),
    };
    const { rows } = await sql<{ name: string }>`
      select tgrelid::regclass::text as name from pg_trigger join pg_proc on pg_proc.oid = tgfoid
      where proname like 'notify_answers_changed%' group by 1 having count(*) >= 2`.execute(database.db);
    const notifying = new Set(rows.map(({ name }) => name));

    const read: Record<string, string[]> = {};
    for (const id of Object.keys(KEPT_LISTS) as (keyof typeof KEPT_LISTS)[]) {
      asked.queries.length = 0;
      const handler = handlers[id] as unknown as Handler<(typeof routes)[RouteId]>;
      const { shape } = routes[id].query;
      const filters = { q: 'a', organizationId: place.organizationId };
      const query = routes[id].query.parse(
        Object.fromEntries(Object.entries(filters).filter(([name]) => name in shape)),
      );
      await handler({ params: place, query, who: { role: 'viewer' } } as unknown as Call<(typeof routes)[RouteId]>);
      read[id] = (await Promise.all(asked.queries.map((one) => tablesOf(database.db, one)))).flat();
    }

    for (const [id, tables] of Object.entries(read)) {
      expect(tables, id).not.toEqual([]);
      expect(
        tables.filter((table) => !notifying.has(table)),
        `${id} reads tables that don’t notify`,
      ).toEqual([]);
    }
  });

  describe('a change of answers is announced once', () => {
    test.each([
      ['a row is added', sql`insert into organizations (name, created_at) values ('New', now())`],
      ['a row is changed', sql`update content_tokens set state = 'revoked'`],
      ['a row is removed', sql`delete from organizations where name = 'New'`],
      ['many rows are changed', sql`update assets set available = available - 1`],
      ['many rows are removed', sql`delete from events`],
      ['a scan moves on', sql`update scans set state = 'succeeded', finished_at = now()`],
      ['a location is read', sql`update locations set held = held + 1`],
    ])('when %s', async (_what, statement) => {
      expect(await told(statement)).toEqual([{ topic: 'answers' }]);
    });
  });

  describe('nothing is announced', () => {
    test.each([
      ['when a statement finds no row', sql`update content_tokens set state = 'healthy' where version = -1`],
      ['when many rows might have been changed', sql`update assets set total = 1 where adam_id = 'none'`],
      ['when a row stays as it is', sql`update content_tokens set state = state`],
      ['while pages of a scan come', sql`update scans set assets_done = 7, moved_at = now()`],
      ['while rows of a scan come', sql`update locations set coming = 3, going = 1`],
    ])('%s', async (_what, statement) => {
      expect(await told(statement)).toEqual([]);
    });
  });

  test('changes of a person, a session, or a key are announced, but not the use of a key', async () => {
    const { db } = database;
    await sql`insert into auth_user (id, name, email, role) values ('olive', 'Olive', 'o@winesap.example', 'owner')`.execute(
      db,
    );
    await sql`insert into auth_session (id, user_id, token, expires_at) values ('s', 'olive', 't', now())`.execute(db);
    await sql`insert into auth_api_key (id, key, reference_id) values ('k', 'hash', 'olive')`.execute(db);
    const access = [{ topic: 'access', personId: 'olive' }];

    expect(await told(sql`update auth_api_key set last_request = now(), request_count = 1`)).toEqual([]);
    expect(await told(sql`update auth_api_key set enabled = false`)).toEqual(access);
    expect(await told(sql`update auth_session set expires_at = now() + interval '1 day'`)).toEqual(access);
    expect(await told(sql`update auth_user set role = 'viewer'`)).toEqual(access);
    expect(await told(sql`delete from auth_user`)).toEqual(access);
  });
});
