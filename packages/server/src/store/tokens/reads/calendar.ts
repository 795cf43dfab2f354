import type { CalendarFeed } from '@winesap/api';
import type { TokenState } from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';

/** Returns every feed, by name. */
export async function readCalendarFeeds(db: Kysely<Tables>): Promise<CalendarFeed[]> {
  const rows = await db
    .selectFrom('calendar_feeds')
    .leftJoin('organizations', 'organizations.id', 'calendar_feeds.organization_id')
    .selectAll('calendar_feeds')
    .select('organizations.name as organization_name')
    .orderBy(sql`lower(calendar_feeds.name)`)
    .orderBy('calendar_feeds.created_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    createdAt: iso(row.created_at),
    createdBy: row.created_by,
    personId: row.created_by_id,
    lastReadAt: iso(row.last_read_at),
  }));
}

/** An expiry as a calendar needs it. */
export interface Expiry {
  tokenId: string;
  locationName: string;
  organizationName: string;
  defaultPlatform: string | null;
  websiteUrl: string | null;
  state: TokenState;
  expiresAt: Date;
  removed: boolean;
  revision: number;
  revisedAt: Date;
}

/** How long a removed token is published as canceled: calendars that only add would otherwise keep it forever. */
const CANCELLED_FOR_DAYS = 30;

/**
 * Returns the expiry dates of all tokens, or of one organization's; of removed ones for a while, if they are still in
 * the future.
 */
export async function readExpiries(db: Kysely<Tables>, organizationId: string | null, now: Date): Promise<Expiry[]> {
  const removedAfter = new Date(now.getTime() - CANCELLED_FOR_DAYS * 86_400_000);
  let query = db
    .selectFrom('content_tokens')
    .innerJoin('locations', 'locations.uid', 'content_tokens.location_uid')
    .innerJoin('organizations', 'organizations.id', 'content_tokens.organization_id')
    .selectAll('content_tokens')
    .select(['locations.name', 'locations.default_platform', 'locations.website_url', 'organizations.name as customer'])
    .where('expires_at', 'is not', null)
    .where((eb) =>
      eb.or([eb('removed_at', 'is', null), eb.and([eb('removed_at', '>', removedAfter), eb('expires_at', '>', now)])]),
    )
    .orderBy('expires_at')
    .orderBy('content_tokens.id');
  if (organizationId !== null) query = query.where('content_tokens.organization_id', '=', organizationId);
  const rows = await query.execute();
  return rows.flatMap((row) =>
    row.expires_at === null
      ? []
      : [
          {
            tokenId: row.id,
            // Anyone with the address can read names, but no numbers.
            locationName: row.name ?? 'an unnamed location',
            organizationName: row.customer,
            defaultPlatform: row.default_platform,
            websiteUrl: row.website_url,
            state: row.state,
            expiresAt: row.expires_at,
            removed: row.removed_at !== null,
            revision: row.expiry_revision,
            revisedAt: row.expiry_revised_at,
          },
        ],
  );
}
