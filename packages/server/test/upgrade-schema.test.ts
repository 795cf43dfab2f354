import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrate } from '../src/store/engine/migrate.ts';
import type { Database } from '../src/store/engine/open-database.ts';

const OLD = readFileSync(join(import.meta.dirname, 'schema-2026-11-28.sql'), 'utf8')
  .split(/^--- (.*)\n/m)
  .slice(1);

/** Creates the schema of 2026-11-28, up to the named migration, as the program of that day did. */
async function makeOldSchema({ db }: Database, upTo = 120): Promise<void> {
  await sql`create table schema_migrations (number integer primary key, name text not null,
    applied_at timestamptz not null default now(), checksum text not null)`.execute(db);
  for (let at = 0; at < OLD.length; at += 2) {
    const [name = '', text = ''] = OLD.slice(at, at + 2);
    const number = Number(name.slice(0, 4));
    if (number > upTo) return;
    const checksum = createHash('sha256').update(text).digest('hex');
    await sql.raw(text).execute(db);
    await sql`insert into schema_migrations (number, name, checksum)
      values (${number}, ${name.slice(5)}, ${checksum})`.execute(db);
  }
}

const empty = ({ db }: Database) =>
  sql.raw('drop schema public cascade; create schema public; drop schema if exists jobs cascade').execute(db);

/** Everything that the catalog says about the schema, ignoring the order of columns, and the rows of a new database. */
async function shapeOf({ db }: Database): Promise<unknown[]> {
  const { rows } = await sql<{ what: string }>`
    select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then 'not null' end, a.attidentity, a.attstorage, l.collname,
        pg_get_expr(d.adbin, d.adrelid)) as what
      from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      left join pg_collation l on l.oid = a.attcollation and l.collname <> 'default'
      where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
    union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat_ws(' ', c.relkind::text, c.relname)
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('S', 'v', 'r')
    union all select concat_ws(' ', number, name, checksum) from schema_migrations
    union all select concat_ws(' ', (select count(*) from installation), (select count(*) from alerting),
        (select jsonb_agg(to_jsonb(t) - 'id') from low_thresholds t))
    order by what`.execute(db);
  return rows.map(({ what }) => what);
}

const rowsOf = async ({ db }: Database, text: string) => (await sql.raw(text).execute(db)).rows;

forEachEngine(
  (_engine, open) => {
    let database: Database;

    beforeAll(async () => {
      database = await open();
    });

    beforeEach(() => empty(database));

    test('a database of 2026-11-28 gets the schema of a new one, and the same migration rows', async () => {
      await migrate(database);
      const fresh = await shapeOf(database);
      await empty(database);
      await makeOldSchema(database);

      expect(await migrate(database)).toContain(190);

      expect(await shapeOf(database)).toEqual(fresh);
      expect(await migrate(database)).toEqual([]);
    });

    test('a database older than 2026-11-28 is refused with the next step, and stays unchanged', async () => {
      await makeOldSchema(database, 110);

      await expect(migrate(database)).rejects.toMatchObject({
        code: 'schema.older',
        message: expect.stringContaining('Start the version of 2026-11-28 with it once'),
      });

      expect(await rowsOf(database, "select to_regclass('tellings') is not null as there")).toEqual([{ there: true }]);
    });

    test('a database of another build is refused', async () => {
      await makeOldSchema(database);
      await sql`update schema_migrations set checksum = 'x' where number = 62`.execute(database.db);

      await expect(migrate(database)).rejects.toMatchObject({ code: 'schema.changed' });
    });

    describe('stored data survives', () => {
      test('rules keep their channels, and pending alerts still wait', async () => {
        await makeOldSchema(database);
        await sql
          .raw(`
          insert into organizations (id, name, created_at) values ('00000000-0000-0000-0000-000000000001', 'Orchard', now());
          insert into policies (id, organization_id, name, created_at)
            values ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'All', now());
          insert into locations (uid) values ('L1');
          insert into content_tokens (id, organization_id, policy_id, location_uid, sealed, fingerprint, mode, claim, state,
            state_since, next_check_at, added_at, added_by)
            values ('00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000001',
              '00000000-0000-0000-0000-000000000002', 'L1', 'sealed', 'print', 'watch', 'free', 'healthy', now(), now(), now(), 'Olive');
          insert into channels (id, kind, name, target, sealed, created_at)
            values ('00000000-0000-0000-0000-000000000004', 'webhook', 'Hook', 'host', 'sealed', now());
          insert into rules (id, name, enabled, scope, condition, created_at)
            values ('00000000-0000-0000-0000-000000000005', 'Expiry', true, '{}', '{}', now());
          insert into rule_channels (rule_id, channel_id)
            values ('00000000-0000-0000-0000-000000000005', '00000000-0000-0000-0000-000000000004');
          insert into alerts (id, rule_id, key, subject, token_id, organization_id, title, text, opened_at, told_at)
            values ('00000000-0000-0000-0000-000000000006', '00000000-0000-0000-0000-000000000005', 'k', 's',
              '00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-000000000001', 't', 't', now(), now());
          insert into tellings (channel_id, alert_id, why, number, urgent, since)
            values ('00000000-0000-0000-0000-000000000004', '00000000-0000-0000-0000-000000000006', 'new', 0, false, now());
          insert into doubts (location_uid, adam_id, pricing_param, taken, urgent) values ('L1', '', '', false, true);
        `)
          .execute(database.db);

        await migrate(database);

        const kept = `select purpose, times_notified, pending.why, rechecks.urgent from rule_channels, alerts,
          pending_alerts as pending, rechecks`;
        expect(await rowsOf(database, kept)).toEqual([
          { purpose: 'notify', times_notified: 1, why: 'new', urgent: true },
        ]);
      });

      test('links without a recorded creator belong to the only person who can have created them', async () => {
        await makeOldSchema(database);
        const person = (id: string, name: string, since: string) =>
          sql`insert into auth_user (id, name, email, role, created_at)
            values (${id}, ${name}, ${`${id}@winesap.example`}, 'admin', ${since})`.execute(database.db);
        await person('olive', 'Olive', '2026-01-01');
        await person('alex-1', 'Alex', '2026-01-01');
        await person('alex-2', 'Alex', '2026-01-01');
        await person('new-gus', 'Gus', '2026-06-01');
        for (const maker of ['Olive', 'Alex', 'Gus', 'Nobody'])
          await sql`insert into calendar_feeds (name, secret_hash, created_at, created_by)
            values (${`Of ${maker}`}, ${maker}, '2026-03-01', ${maker})`.execute(database.db);

        await migrate(database);

        expect(
          await rowsOf(database, 'select created_by, created_by_id from calendar_feeds order by created_by'),
        ).toEqual([
          { created_by: 'Alex', created_by_id: null },
          { created_by: 'Gus', created_by_id: null },
          { created_by: 'Nobody', created_by_id: null },
          { created_by: 'Olive', created_by_id: 'olive' },
        ]);
      });

      test('users from an unfinished scan are as they were visible', async () => {
        await makeOldSchema(database);
        await sql
          .raw(`
          insert into locations (uid) values ('L1');
          insert into user_readings (location_no, generation, version, begun_after, registered)
            select no, 4, 'v1', 7, 1 from locations;
          insert into users (location_no, client_user_id, seen_in, gone_in, status, several)
            select no, u.name, seen_in, gone_in, status, false from locations, (values
              ('anna', 1, null::integer, 'Registered'), ('ben', 2, 5, 'Registered'), ('ben', 5, null, 'Retired'),
              ('carl', 5, null, 'Registered'), ('dora', 1, 3, 'Registered')) as u (name, seen_in, gone_in, status);
          insert into user_sums (location_no, status, held, coming) select no, 'Registered', 2, 0 from locations
            union all select no, 'Retired', 0, 1 from locations;
        `)
          .execute(database.db);

        await migrate(database);

        expect(
          await rowsOf(
            database,
            'select client_user_id as name, seen_in, gone_in from users order by client_user_id, seen_in',
          ),
        ).toEqual([
          { name: 'anna', seen_in: 1, gone_in: null },
          { name: 'ben', seen_in: 2, gone_in: null },
          { name: 'dora', seen_in: 1, gone_in: 3 },
        ]);
        const state = `select held, coming, going, registered, begun_after, version, generation,
          (select sum(coming)::integer from user_sums) as sums from user_readings`;
        expect(await rowsOf(database, state)).toEqual([
          { held: 2, coming: 0, going: 0, registered: 0, begun_after: null, version: 'v1', generation: 4, sums: 0 },
        ]);
      });
    });
  },
  { empty: true },
);
