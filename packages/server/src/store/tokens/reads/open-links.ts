import type { OpenLinks } from '@winesap/api';
import type { Kysely } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';
import { readCalendarFeeds } from './calendar.ts';

/** Returns the working upload links and calendar feeds, of everyone or of one person, with their creators. */
export async function readOpenLinks(db: Kysely<Tables>, now: Date, personId?: string): Promise<OpenLinks> {
  const links = await db
    .selectFrom('upload_links as link')
    .innerJoin('content_tokens as token', 'token.id', 'link.token_id')
    .innerJoin('locations as location', 'location.uid', 'token.location_uid')
    .innerJoin('organizations as organization', 'organization.id', 'token.organization_id')
    .select(['link.id', 'link.token_id', 'link.created_at', 'link.created_by', 'link.created_by_id', 'link.expires_at'])
    .select(['link.auto_confirm', 'location.name as location_name', 'organization.name as organization_name'])
    .where('link.used_at', 'is', null)
    .where('link.revoked_at', 'is', null)
    .where('link.expires_at', '>', now)
    .where('token.removed_at', 'is', null)
    .$if(personId !== undefined, (query) => query.where('link.created_by_id', '=', personId ?? ''))
    .orderBy('link.created_at')
    .execute();
  const feeds = await readCalendarFeeds(db);
  return {
    uploadLinks: links.map((link) => ({
      id: link.id,
      tokenId: link.token_id,
      locationName: link.location_name,
      organizationName: link.organization_name,
      personId: link.created_by_id,
      createdBy: link.created_by,
      createdAt: iso(link.created_at),
      expiresAt: iso(link.expires_at),
      autoConfirm: link.auto_confirm,
    })),
    calendarFeeds: feeds.filter((feed) => personId === undefined || feed.personId === personId),
  };
}
