import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config/load-config.ts';
import { migrate } from './store/engine/migrate.ts';
import { type Database, openDatabase } from './store/engine/open-database.ts';
import { StoreError } from './store/engine/store-error.ts';

/**
 * Opens the database of this Winesap, for a command run on its machine. The embedded one opens only while the server is
 * stopped. Errors: data-folder.in-use; data-folder.empty if there is no database.
 */
export async function openExisting(config: Config): Promise<Database> {
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'database')))
    throw new StoreError(
      'data-folder.empty',
      `There is no database in ${config.dataDir}. Set WINESAP_DATA_DIR to the folder of your Winesap.`,
    );
  const database = await openDatabase(
    config.databaseUrl === undefined
      ? { kind: 'embedded', dataDir: config.dataDir }
      : { kind: 'postgres', url: config.databaseUrl.reveal() },
  );
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
