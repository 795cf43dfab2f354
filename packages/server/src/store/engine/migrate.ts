import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Database } from './open-database.ts';
import { StoreError } from './store-error.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** SHA-256 of the file's text, hexadecimal. */
  checksum: string;
}

const FOLDER = join(import.meta.dirname, '..', 'migrations');
const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** Any number will do, as long as every Winesap takes the same. */
const LOCK = 8_470_001;

/** The migrations of this Winesap in their order. A file with an odd name, or a number twice, is a mistake of ours. */
export function readMigrations(folder: string = FOLDER): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, number, name] = FILE_NAME.exec(file) ?? [];
      if (!number || !name) throw new Error(`A migration is called NNNN-name.sql, not ${file}.`);
      const text = readFileSync(join(folder, file), 'utf8');
      return { number: Number(number), name, sql: text, checksum: createHash('sha256').update(text).digest('hex') };
    });
  const twice = migrations.find((one, index) => migrations[index + 1]?.number === one.number);
  if (twice) throw new Error(`Two migrations have the number ${twice.number}.`);
  return migrations;
}

/**
 * Brings the schema to what this Winesap knows: each missing migration in its own transaction, its row first. Several
 * processes may start at once; one migrates, the others wait and find it done.
 * Shape: the numbers that were applied now.
 * Errors: `schema.newer`, `schema.changed` (both `StoreError`), before anything is changed.
 */
export async function migrate(database: Database, migrations: Migration[] = readMigrations()): Promise<number[]> {
  const { db } = database;
  const applied = await inLockedTransaction(db, async (trx) => {
    await sql`
      create table if not exists schema_migrations (
        number integer primary key,
        name text not null,
        applied_at timestamptz not null default now(),
        checksum text not null
      )`.execute(trx);
    const rows = await appliedRows(trx);
    refuseUnknown(rows, migrations);
    return new Set(rows.map(({ number }) => number));
  });
  const appliedNow: number[] = [];
  for (const migration of migrations.filter(({ number }) => !applied.has(number))) {
    if (await applyUnlessDone(db, migration)) appliedNow.push(migration.number);
  }
  return appliedNow;
}

function applyUnlessDone<T>(db: Kysely<T>, { number, name, checksum, sql: text }: Migration): Promise<boolean> {
  return inLockedTransaction(db, async (trx) => {
    const { rows } = await sql`
      insert into schema_migrations (number, name, checksum) values (${number}, ${name}, ${checksum})
      on conflict (number) do nothing returning number`.execute(trx);
    if (rows.length === 0) return false;
    await sql.raw(text).execute(trx);
    return true;
  });
}

interface AppliedRow {
  number: number;
  name: string;
  checksum: string;
}

async function appliedRows<T>(trx: Kysely<T>): Promise<AppliedRow[]> {
  return (await sql<AppliedRow>`select number, name, checksum from schema_migrations order by number`.execute(trx))
    .rows;
}

function refuseUnknown(applied: AppliedRow[], known: Migration[]): void {
  const newest = known.at(-1)?.number ?? 0;
  const beyond = applied.at(-1);
  if (beyond && beyond.number > newest) {
    throw new StoreError(
      'schema.newer',
      `The database was written by a newer Winesap (schema ${beyond.number}; this one knows ${newest}). ` +
        'Start that version again, or a later one.',
    );
  }
  for (const row of applied) {
    const ours = known.find((one) => one.number === row.number);
    if (ours?.checksum === row.checksum) continue;
    throw new StoreError(
      'schema.changed',
      `Migration ${row.number} (${row.name}) was applied in another wording than this Winesap has. ` +
        'The database belongs to a different build; nothing was changed.',
    );
  }
}

function inLockedTransaction<T, R>(db: Kysely<T>, action: (trx: Kysely<T>) => Promise<R>): Promise<R> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    return action(trx);
  });
}
