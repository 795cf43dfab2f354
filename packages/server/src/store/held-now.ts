import { sql } from 'kysely';

/** Of a query that has `assignments` and their `locations`: only what is held as of the generation that is seen. */
export const HELD_NOW = sql<boolean>`(assignments.seen_in <= locations.generation
  and (assignments.gone_in is null or assignments.gone_in > locations.generation))`;
