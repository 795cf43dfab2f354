import { sql } from 'kysely';
import type { Database } from '../open-database.ts';

/**
 * Frees the space of deleted rows and renews the planner's statistics. A PostgreSQL server does this by itself; the
 * embedded engine has no background processes, so Winesap runs it about once a day.
 */
export async function tidyDatabase({ db, engine }: Database): Promise<void> {
  if (engine === 'embedded') await sql`vacuum (analyze)`.execute(db);
}
