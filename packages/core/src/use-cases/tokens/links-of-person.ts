import type { Actor } from '../../domain/event.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { CalendarFeed } from '../../ports/tokens.ts';
import { tokenEvent } from '../locations/token-event.ts';
import { feedEvent } from './calendar-feed.ts';

/** Upload links and calendar feeds of one person: addresses that work without signing in. */
export interface LinksOfPerson {
  uploadLinks: readonly { id: string; tokenId: string }[];
  calendarFeeds: readonly CalendarFeed[];
}

/** Transfers what this person made to another person. */
export async function handOverLinks(
  deps: Deps,
  fromId: string,
  to: { id: string; name: string },
  actor: Actor,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const uploadLinks = await tx.uploads.handOver(fromId, to, deps.now());
    const calendarFeeds = await tx.calendarFeeds.handOver(fromId, to);
    for (const link of uploadLinks) await logLink(deps, tx, link, 'handed-over', actor);
    for (const feed of calendarFeeds) await tx.events.append(feedEvent(feed, 'handed-over', actor), deps.now());
  });
}

/** Logs which links ended with their creator's access, and ends the remaining ones. */
export async function endLinks(deps: Deps, links: LinksOfPerson, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    for (const link of links.uploadLinks) {
      await tx.uploads.revokeLink(link.id, deps.now());
      await logLink(deps, tx, link, 'revoked', actor);
    }
    for (const feed of links.calendarFeeds) {
      await tx.calendarFeeds.remove(feed.id);
      await tx.events.append(feedEvent(feed, 'revoked', actor), deps.now());
    }
  });
}

const TEXTS = {
  'handed-over': 'An upload link was handed over to the person who removed its maker.',
  revoked: 'An upload link ended with the access of the person who made it.',
};

async function logLink(
  deps: Deps,
  tx: Tx,
  link: { id: string; tokenId: string },
  what: keyof typeof TEXTS,
  actor: Actor,
): Promise<void> {
  const token = await tx.tokens.byId(link.tokenId);
  if (token === null) return;
  const event = { level: 'info', code: `upload-link.${what}`, text: TEXTS[what], data: { linkId: link.id } } as const;
  await tx.events.append(tokenEvent(token, event, actor), deps.now());
}
