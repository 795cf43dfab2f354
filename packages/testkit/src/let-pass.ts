import { sql } from 'kysely';
import type { Stack } from './start-stack.ts';
import type { HeldLocation } from './token-world.ts';

/** Backdates a location's open questions, as if that much time had passed since Apple was asked. */
export async function letPass(stack: Stack, locations: readonly HeldLocation[], minutes: number): Promise<void> {
  const uIds = locations.map(({ location }) => location.uId);
  const earlier = (name: string) =>
    sql`jsonb_build_object(${name}::text, to_jsonb((discrepancy->>${name})::timestamptz - make_interval(mins => ${minutes})))`;
  await stack.withDatabase(async ({ db }) => {
    await sql`update assets set discrepancy = discrepancy || ${earlier('since')} || ${earlier('sameSince')}
      where location_uid = any(${uIds}::text[]) and discrepancy is not null`.execute(db);
    await sql`update user_readings set missing_since = missing_since - make_interval(mins => ${minutes})
      where location_no in (select no from locations where uid = any(${uIds}::text[]))`.execute(db);
  });
}
