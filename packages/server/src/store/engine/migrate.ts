import { type Kysely, sql } from 'kysely';
import { type AppliedRow, type Migration, readMigrations } from './migration.ts';
import type { Database } from './open-database.ts';
import { StoreError } from './store-error.ts';
import { upgradeSchema } from './upgrade-schema.ts';

/** An arbitrary number; every version of Winesap must use the same. */
const LOCK = 8_470_001;

/**
 * Migrates the schema to this version of Winesap: each missing migration in its own transaction, its row first. A
 * database that predates the merged migrations is upgraded in one transaction. Several processes may start at once; one
 * migrates, the others wait and find it done.
 * Returns the numbers that were applied now.
 * Errors: `schema.newer`, `schema.older`, `schema.changed` (all `StoreError`), before anything is changed.
 */
export async function migrate(database: Database, migrations: Migration[] = readMigrations()): Promise<number[]> {
  const { db } = database;
  const appliedNow: number[] = [];
  const applied = await inLockedTransaction(db, async (trx) => {
    await sql`
      create table if not exists schema_migrations (
        number integer primary key,
        name text not null,
        applied_at timestamptz not null default now(),
        checksum text not null
      )`.execute(trx);
    const rows = await appliedRows(trx);
    const [oldest] = rows;
    if (oldest && oldest.number < (migrations[0]?.number ?? 0)) {
      const upgrade = await upgradeSchema(trx, rows, migrations);
      appliedNow.push(...upgrade.steps);
      return new Set(upgrade.applied);
    }
    refuseUnknown(rows, migrations);
    return new Set(rows.map(({ number }) => number));
  });
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
      `Migration ${row.number} (${row.name}) differs from the one this Winesap knows. ` +
        'The database belongs to a different build. Nothing was changed.',
    );
  }
}

function inLockedTransaction<T, R>(db: Kysely<T>, action: (trx: Kysely<T>) => Promise<R>): Promise<R> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    return action(trx);
  });
}
