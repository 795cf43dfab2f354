import { type RawBuilder, sql } from 'kysely';

/**
 * For `content_tokens` joined with `readings`: whether there is a reading to count by. An unproven first reading
 * doesn't count, because what it lists may be any part of the whole.
 */
export function isRead(): RawBuilder<boolean> {
  return sql`(readings.location_uid is not null and (readings.discrepancy is null or content_tokens.synced_at is not null))`;
}
