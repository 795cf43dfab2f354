import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { migrate, readMigrations } from '../src/store/engine/migrate.ts';
import type { Database } from '../src/store/engine/open-database.ts';

const USER_GENERATIONS = 180;

forEachEngine(
  (_engine, open) => {
    let database: Database;
    const all = readMigrations();

    beforeAll(async () => {
      database = await open();
      await migrate(
        database,
        all.filter(({ number }) => number < USER_GENERATIONS),
      );
    });

    test('users that a reading of an earlier Winesap left unfinished are as they were seen', async () => {
      const { db } = database;
      await sql`insert into locations (uid) values ('L1')`.execute(db);
      await sql`insert into user_readings (location_no, generation, version, begun_after, registered)
      select no, 4, 'v1', 7, 1 from locations`.execute(db);
      await sql`
      insert into users (location_no, client_user_id, seen_in, gone_in, status, several)
      select no, u.name, seen_in, gone_in, status, false from locations, (values
        ('anna', 1, null::integer, 'Registered'), ('ben', 2, 5, 'Registered'), ('ben', 5, null, 'Retired'),
        ('carl', 5, null, 'Registered'), ('dora', 1, 3, 'Registered')) as u (name, seen_in, gone_in, status)`.execute(
        db,
      );
      await sql`insert into user_sums (location_no, status, held, coming) select no, 'Registered', 2, 0 from locations
      union all select no, 'Retired', 0, 1 from locations`.execute(db);

      await migrate(database, all);

      const { rows } =
        await sql`select client_user_id as name, seen_in, gone_in from users order by client_user_id, seen_in`.execute(
          db,
        );
      expect(rows).toEqual([
        { name: 'anna', seen_in: 1, gone_in: null },
        { name: 'ben', seen_in: 2, gone_in: null },
        { name: 'dora', seen_in: 1, gone_in: 3 },
      ]);
      const { rows: state } = await sql`select held, coming, going, registered, begun_after, version, generation,
      (select sum(coming)::integer from user_sums) as sums from user_readings`.execute(db);
      expect(state).toEqual([
        { held: 2, coming: 0, going: 0, registered: 0, begun_after: null, version: 'v1', generation: 4, sums: 0 },
      ]);
    });
  },
  { empty: true },
);
