import type { Database } from '@winesap/server/store/open-database';
import { sql } from 'kysely';

/** Returns a location's holders as readers of the database see them at this moment: `adamId holder`, sorted. */
export async function heldAssignments({ db }: Database, uId: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select assets.adam_id || ' ' || held.holder as line
    from locations
    join assignments held on held.location_no = locations.no and held.seen_in <= locations.generation
      and (held.gone_in is null or held.gone_in > locations.generation)
    join assets on assets.no = held.asset_no
    where locations.uid = ${uId}`.execute(db);
  return rows.map(({ line }) => line).sort();
}
