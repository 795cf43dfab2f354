import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate } from '../src/store/engine/migrate.ts';
import { readMigrations } from '../src/store/engine/migration.ts';
import type { Database } from '../src/store/engine/open-database.ts';

function migrations(...texts: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'winesap-migrations-'));
  texts.forEach((text, index) => {
    writeFileSync(join(folder, `000${index + 1}-step.sql`), text);
  });
  const read = readMigrations(folder);
  rmSync(folder, { recursive: true });
  return read;
}

const FIRST = 'create table one (a integer); create table two (b integer);';
const SECOND = 'insert into one values (1); do $$ begin perform 1; end $$;';

forEachEngine(
  (_engine, open) => {
    let database: Database;

    beforeAll(async () => {
      database = await open();
    });

    beforeEach(async () => {
      await sql`drop table if exists one, two, schema_migrations`.execute(database.db);
    });

    test('missing migrations are applied once, in order', async () => {
      expect(await migrate(database, migrations(FIRST))).toEqual([1]);
      expect(await migrate(database, migrations(FIRST, SECOND))).toEqual([2]);
      expect(await migrate(database, migrations(FIRST, SECOND))).toEqual([]);

      const { rows } = await sql`select number, name from schema_migrations order by number`.execute(database.db);
      expect(rows).toEqual([
        { number: 1, name: 'step' },
        { number: 2, name: 'step' },
      ]);
    });

    test('a migration that fails leaves neither its row nor its tables', async () => {
      await expect(migrate(database, migrations('create table one (a integer); select 1 / 0;'))).rejects.toThrow(
        'zero',
      );

      const { rows } =
        await sql`select to_regclass('one') as one, (select count(*) from schema_migrations) as n`.execute(database.db);
      expect(rows).toEqual([{ one: null, n: 0 }]);
    });

    test('two processes that start at once migrate once', async () => {
      const both = await Promise.all([
        migrate(database, migrations(FIRST, SECOND)),
        migrate(database, migrations(FIRST, SECOND)),
      ]);

      expect(both.flat().sort()).toEqual([1, 2]);
    });

    test('a database written by a newer Winesap is refused with an explanation', async () => {
      await migrate(database, migrations(FIRST, SECOND));

      await expect(migrate(database, migrations(FIRST))).rejects.toMatchObject({
        code: 'schema.newer',
        message: expect.stringContaining('newer Winesap'),
      });
    });

    test('a migration whose text has changed since it was applied is refused', async () => {
      await migrate(database, migrations(FIRST));

      await expect(migrate(database, migrations(`${FIRST} -- better`))).rejects.toMatchObject({
        code: 'schema.changed',
      });
    });

    test('the migrations of this Winesap apply', async () => {
      const fresh = await migrate(database);

      expect(fresh).toEqual(readMigrations().map(({ number }) => number));
      await sql`drop schema public cascade; create schema public`.execute(database.db);
    });
  },
  { empty: true },
);
