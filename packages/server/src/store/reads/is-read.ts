import { type RawBuilder, sql } from 'kysely';

/**
 * Of `content_tokens` joined with `readings`: whether there is a reading to count by. A first one that doesn't prove itself
 * is none, because what it lists is a part of nobody knows what.
 */
export function isRead(): RawBuilder<boolean> {
  return sql`(readings.location_uid is not null and (readings.discrepancy is null or content_tokens.synced_at is not null))`;
}
