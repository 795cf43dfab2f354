import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, readMigrations } from '../src/store/engine/migrate.ts';

const LINKS = 173;

forEachEngine(
  (_engine, open) => {
    test('links from before their makers were kept belong to the one person who can have made them', async () => {
      const database = await open();
      const all = readMigrations();
      await migrate(
        database,
        all.filter(({ number }) => number < LINKS),
      );
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

      await migrate(database, all);

      const { rows } = await sql<{ created_by: string; created_by_id: string | null }>`
      select created_by, created_by_id from calendar_feeds order by created_by`.execute(database.db);
      expect(rows.map(({ created_by, created_by_id }) => [created_by, created_by_id])).toEqual([
        ['Alex', null],
        ['Gus', null],
        ['Nobody', null],
        ['Olive', 'olive'],
      ]);
    });
  },
  { empty: true },
);
