import { type Database, type DatabaseOptions, openDatabase } from '@winesap/server/store/open-database';
import { afterAll, describe } from 'vitest';
import { type NewDatabase, newDataFolder } from './data-folder.ts';
import { createTestDatabase } from './postgres.ts';

/** Opens a new database at the first call; later calls in the same suite reopen it. */
export type OpenEngine = () => Promise<Database>;

/**
 * Runs a suite on the embedded engine and on a PostgreSQL server. `open` returns a connection to the suite's own
 * database. After the suite, its connections are closed and the database is deleted.
 */
export function forEachEngine(
  suite: (name: 'embedded' | 'postgres', open: OpenEngine) => void,
  wish: NewDatabase = {},
): void {
  describe.each(['embedded', 'postgres'] as const)('on the %s engine', (name) => {
    const opened: Database[] = [];
    let place: Promise<Place> | undefined;

    afterAll(async () => {
      for (const database of opened) await database.close();
      await (await place)?.remove();
    });

    suite(name, async () => {
      place ??= name === 'embedded' ? newFolder(wish) : newServerDatabase(wish);
      const database = await openDatabase((await place).options);
      opened.push(database);
      return database;
    });
  });
}

interface Place {
  options: DatabaseOptions;
  remove(): Promise<void>;
}

async function newFolder(wish: NewDatabase): Promise<Place> {
  const { dataDir, remove } = await newDataFolder(wish);
  return { options: { kind: 'embedded', dataDir }, remove: async () => remove() };
}

async function newServerDatabase(wish: NewDatabase): Promise<Place> {
  const { url, drop } = await createTestDatabase(wish);
  return { options: { kind: 'postgres', url, poolSize: 5 }, remove: drop };
}
