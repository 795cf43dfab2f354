import { sql } from 'kysely';
import type { Database } from '../open-database.ts';

/**
 * Gives the room of deleted rows back and renews the planner's figures. A PostgreSQL server does this by itself; the
 * embedded engine has nobody in the background, so it has to be told, once a day or so.
 */
export async function tidyDatabase({ db, engine }: Database): Promise<void> {
  if (engine === 'embedded') await sql`vacuum (analyze)`.execute(db);
}
