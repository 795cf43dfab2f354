import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type AppliedRow, type Migration, readMigrations } from './migration.ts';
import { StoreError } from './store-error.ts';

const STEPS = join(import.meta.dirname, '..', 'migrations', 'upgrade');

/** The migrations that a database of 2026-11-28 has: number and checksum. Older databases can't be upgraded. */
const OLDEST: ReadonlyMap<number, string> = new Map([
  [1, '79267c9ae281d8ca341e17c9d7d8c661edf8a547b94b8c7f3761df77e34c3469'],
  [2, '6d2745f508e2f7c3fd3847d805a5a90a88950ba93e4cb373c21b2d378ac2f25d'],
  [10, 'a0724eb5580ff63e84d947d15720e3a6cc7e2f7f3f21284c70444b8a9ceb0ae1'],
  [20, '2112e4a7a0e8feda8df96d60770180655bfe47de487f81493f3b026c3f9f4073'],
  [30, 'ddda840a8da0ee1324b3d4a437e1fc626d773d9ef3afbb967bcf0e1bf68124cb'],
  [40, '9a406a39cce9911b243d653d9bc13800ade58b75a4116a606ef1a6d6ff11f6e5'],
  [50, '44a09371adca4cfc1dbab9be0d53a640b0edb8d5a4757020cbb2c5f067f6222c'],
  [51, '169b09fd2b9e8a0b02929cc48de08374730fbe270fbc66d8e1d2f15b6196092d'],
  [60, 'f01b35aacfc17f745bc18aaf97c9553223cae9c97d6d55ae783b0e596c7cccc1'],
  [61, '891f88e07b81191e575cf320692277fbc4a1d7819a07ddf00bfabf65a1a11cdd'],
  [62, 'd66c9ecea40a8b1ecddccf9bd231cdc4244ecdc25185a66537224c4f0ebf3211'],
  [70, '185ca7fd1b383dd0343151518fee8a5c9b518cf787d16290079d64612c54dff1'],
  [71, '7afebc84643773d74586581fb3902c6cdc6c23b0977df7d3d9a91602d6ddfb20'],
  [80, '5d967310915c2fe2b10ffa0c00531126a22d6e6ba286489f7c9c92a7c804c3fd'],
  [81, '9af7391b577cf754ffc3f954783b041adedfccbcf3a16bceba8c3b0eb6a830d6'],
  [82, 'edcb86d46604119182907c9da1be0d2a126db80205531c5a9fa84bb76603b876'],
  [83, 'e360deb963036303f507f30c21a221b7fadec90f71a3bac22e9f6a136cd4cb6f'],
  [90, '18ca9917e98c8948ad68d64b5dfd705650e3ddc134393e24c431985533925f94'],
  [91, '8b0aae72a4e8b3e1c5fb1583a9b216b105eecc9dfeb9dfd914f427e66f4197f2'],
  [100, '9f60ed4186ef14cbbb5b99b94b33c6d84f17e8c1bbd8b4ba65baea3c1b257cae'],
  [110, '7cf7840403f09f23bae56ca8ef893b6489eab17278210ea72932202a8b5c72c6'],
  [120, 'd8c7a506aca5dd2cd6ab9995b6d9312504ffaac4fe5862de45abe22e3f2c802f'],
]);

/** The last migration that the steps of the upgrade cover; later ones are applied as to any database. */
const LEADS_TO = 204;

/**
 * Upgrades a database that predates the merged migrations to the schema that they create, and marks them as applied.
 * Runs inside the transaction of the caller, which holds the migration lock.
 * Returns the numbers of the steps that were applied now, and of the migrations that count as applied.
 * Errors: `schema.older`, `schema.changed` (both `StoreError`).
 */
export async function upgradeSchema<T>(
  trx: Kysely<T>,
  applied: readonly AppliedRow[],
  migrations: readonly Migration[],
): Promise<{ steps: number[]; applied: number[] }> {
  const steps = readMigrations(STEPS);
  refuseOlder(applied);
  refuseChanged(applied, steps);
  const done = new Set(applied.map(({ number }) => number));
  const missing = steps.filter(({ number }) => !done.has(number));
  for (const step of missing) await sql.raw(step.sql).execute(trx);
  await sql`delete from schema_migrations`.execute(trx);
  const merged = migrations.filter(({ number }) => number <= LEADS_TO);
  for (const { number, name, checksum } of merged)
    await sql`insert into schema_migrations (number, name, checksum) values (${number}, ${name}, ${checksum})`.execute(
      trx,
    );
  return { steps: missing.map(({ number }) => number), applied: merged.map(({ number }) => number) };
}

function refuseOlder(applied: readonly AppliedRow[]): void {
  const has = new Set(applied.map(({ number }) => number));
  if ([...OLDEST.keys()].every((number) => has.has(number))) return;
  throw new StoreError(
    'schema.older',
    `The database was written by a Winesap from before 2026-11-28 (schema ${applied.at(-1)?.number}). ` +
      'Start the version of 2026-11-28 with it once, then this one. Nothing was changed.',
  );
}

function refuseChanged(applied: readonly AppliedRow[], steps: readonly Migration[]): void {
  const known = new Map([...OLDEST, ...steps.map(({ number, checksum }) => [number, checksum] as const)]);
  for (const row of applied) {
    if (known.get(row.number) === row.checksum) continue;
    throw new StoreError(
      'schema.changed',
      `Migration ${row.number} (${row.name}) differs from the one this Winesap knows. ` +
        'The database belongs to a different build. Nothing was changed.',
    );
  }
}
