import type { Actor, EventDraft } from '../../domain/event.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { CalendarFeed } from '../../ports/tokens.ts';

/**
 * Creates an address for calendars, for one organization or for all. Returns its secret, which is not stored and can't
 * be shown again: anyone with the address can read names and dates without signing in.
 */
export async function addCalendarFeed(
  deps: Deps,
  input: { name: string; organizationId: string | null },
  actor: Actor,
): Promise<{ feedId: string; secret: string }> {
  const secret = deps.seal.makeSecret();
  const feedId = await deps.store.write(async (tx) => {
    const { organizationId, name } = input;
    if (organizationId !== null && (await tx.organizations.byId(organizationId)) === null)
      throw new AppError('organization.not-found', { organizationId });
    const now = deps.now();
    const secretHash = deps.seal.fingerprint(secret);
    const by = { createdBy: actor.name, createdById: actor.personId };
    const id = await tx.calendarFeeds.add({ name, organizationId, secretHash, ...by }, now);
    await tx.events.append(feedEvent({ id, name, organizationId }, 'made', actor), now);
    return id;
  });
  return { feedId, secret };
}

/** Disables the address. */
export async function revokeCalendarFeed(deps: Deps, feedId: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const feed = await tx.calendarFeeds.remove(feedId);
    if (feed === null) throw new AppError('calendar-feed.not-found', {});
    await tx.events.append(feedEvent(feed, 'revoked', actor), deps.now());
  });
}

/** Returns the feed behind a secret. Guessed and revoked secrets are refused alike. */
export async function openCalendarFeed(deps: Deps, secret: string): Promise<CalendarFeed> {
  const feed = await deps.store.write((tx) => tx.calendarFeeds.read(deps.seal.fingerprint(secret), deps.now()));
  if (feed === null) throw new AppError('calendar-feed.not-found', {});
  return feed;
}

/** Returns an event about a feed, under its name. */
export function feedEvent(feed: CalendarFeed, what: 'made' | 'revoked' | 'handed-over', actor: Actor): EventDraft {
  const of = feed.organizationId === null ? 'of all organizations' : 'of one organization';
  return {
    level: 'info',
    receiverType: feed.organizationId === null ? 'system' : 'organization',
    receiverName: feed.name,
    code: `calendar-feed.${what}`,
    text: `The calendar feed “${feed.name}” ${of} was ${what.replace('-', ' ')}.`,
    failure: null,
    organizationId: feed.organizationId,
    policyId: null,
    tokenId: null,
    actor,
    data: { feedId: feed.id },
  };
}
