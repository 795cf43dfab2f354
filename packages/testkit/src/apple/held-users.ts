import type { Database } from '@winesap/server/store/open-database';
import { sql } from 'kysely';

/**
 * Returns a location's users as readers of the database see them at this moment: `clientUserId status email`, sorted.
 */
export async function heldUsers({ db }: Database, uId: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', client_user_id, status, email) as line
    from locations join user_readings on user_readings.location_no = locations.no
    join users on users.location_no = locations.no and seen_in <= user_readings.generation
      and (gone_in is null or gone_in > user_readings.generation)
    where locations.uid = ${uId}`.execute(db);
  return rows.map(({ line }) => line).sort();
}
