import { tidyDatabase } from '../store/engine/embedded/tidy.ts';
import type { Database } from '../store/engine/open-database.ts';

export async function tidyJob(database: Database): Promise<void> {
  await tidyDatabase(database);
}
