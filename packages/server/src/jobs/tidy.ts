import type { Database } from '../store/engine/open-database.ts';
import { tidyDatabase } from '../store/engine/tidy.ts';

export async function tidyJob(database: Database): Promise<void> {
  await tidyDatabase(database);
}
