import { sql } from 'kysely';

/** Restricts a query on `assignments` and their `locations` to what is held in the visible generation. */
export const HELD_NOW = sql<boolean>`(assignments.seen_in <= locations.generation
  and (assignments.gone_in is null or assignments.gone_in > locations.generation))`;
