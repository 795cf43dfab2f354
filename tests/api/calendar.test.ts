import { routes } from '@winesap/api';
import { holdLocation, readCalendar, refused, renew, type Stack } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { expect, test } from 'vitest';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY_MS);
const day = (instant: Date) => instant.toISOString().slice(0, 10);

async function feedOf(stack: Stack, organizationId?: string) {
  const { feed, path } = await stack.owner.api.call(routes.addCalendarFeed, {
    body: { name: `Tokens ${Math.random()}`, ...(organizationId && { organizationId }) },
  });
  return {
    feed,
    path,
    get: (headers: Record<string, string> = {}) => fetch(stack.url + path, { headers }),
    read: async () => readCalendar(await (await fetch(stack.url + path)).text()),
  };
}

withStack('embedded', (stack) => {
  test('a calendar reads the expiry of every token without signing in', async () => {
    const expiresAt = inDays(100);
    const held = await holdLocation(stack(), { expiresAt });
    const other = await holdLocation(stack());
    const { feed, get, read } = await feedOf(stack());

    const answer = await get();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const { events, method, name } = await read();
    expect([method, name]).toEqual(['PUBLISH', feed.name]);
    const mine = events.find(({ uid }) => uid.startsWith(held.tokenId));
    expect(mine).toMatchObject({ start: day(expiresAt), status: 'CONFIRMED' });
    expect(mine?.summary).toContain(held.location.locationName);
    expect(mine?.reminders).toHaveLength(6);
    expect(events.some(({ uid }) => uid.startsWith(other.tokenId))).toBe(true);
  });

  test('the feed of one organization shows no other organization', async () => {
    const held = await holdLocation(stack());
    const other = await holdLocation(stack());
    const { read, feed } = await feedOf(stack(), held.organizationId);

    const { events } = await read();

    expect(feed.organizationId).toBe(held.organizationId);
    expect(events.map(({ uid }) => uid.split('@')[0])).toEqual([held.tokenId]);
    expect(JSON.stringify(events)).not.toContain(other.location.locationName);
  });

  test('a feed contains names and dates, but no location’s number', async () => {
    const silence = await stack().apple.fault({ name: 'missing-member', member: 'locationName' });
    const nameless = await holdLocation(stack());
    await stack().apple.endFault(silence);
    const { get } = await feedOf(stack(), nameless.organizationId);

    const text = await (await get()).text();

    expect(text).toContain('an unnamed location');
    expect(text).not.toContain(nameless.location.uId);
  });

  test('a renewal moves the same event and increases its sequence', async () => {
    const held = await holdLocation(stack(), { expiresAt: inDays(20) });
    const { read } = await feedOf(stack(), held.organizationId);
    const [before] = (await read()).events;

    const expiresAt = inDays(300);
    await renew(stack().owner.api, held.tokenId, await stack().apple.tokenFile(held.location.uId, { expiresAt }));

    const { events } = await read();
    expect(events).toHaveLength(1);
    expect(events[0]?.uid).toBe(before?.uid);
    expect(events[0]?.start).toBe(day(expiresAt));
    expect(events[0]?.sequence).toBeGreaterThan(before?.sequence ?? 0);
  });

  test('checks and scans that change no date change nothing in the calendar', async () => {
    const { organizationId, tokenId } = await holdLocation(stack());
    const { get } = await feedOf(stack(), organizationId);
    const first = await get();
    const text = await first.text();

    await stack().owner.api.call(routes.checkToken, { params: { tokenId } });

    expect(await (await get()).text()).toBe(text);
    const again = await get({ 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  test('a removed token is canceled, with a higher sequence', async () => {
    const held = await holdLocation(stack());
    const { read } = await feedOf(stack(), held.organizationId);
    const [before] = (await read()).events;
    await stack().owner.api.call(routes.removeToken, {
      params: { tokenId: held.tokenId },
      body: { locationName: held.location.locationName, releaseClaim: false },
    });

    const [after] = (await read()).events;

    expect(after).toMatchObject({ uid: before?.uid, status: 'CANCELLED', reminders: [] });
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
  });

  test('a revoked feed shows nothing, exactly like a guessed address', async () => {
    const { api } = stack().owner;
    const { feed, get, path } = await feedOf(stack());
    await api.call(routes.revokeCalendarFeed, { params: { feedId: feed.id } });

    const [revoked, guessed] = [await get(), await fetch(stack().url + path.replace(/.{4}\.ics$/, 'AAAA.ics'))];

    expect([revoked.status, guessed.status]).toEqual([404, 404]);
    const [a, b] = (await Promise.all([revoked.json(), guessed.json()])) as { code: string; title: string }[];
    expect(a?.code).toBe('calendar-feed.not-found');
    expect([b?.code, b?.title]).toEqual([a?.code, a?.title]);
    expect(await refused(api.call(routes.revokeCalendarFeed, { params: { feedId: feed.id } }))).toMatchObject({
      code: 'calendar-feed.not-found',
    });
  });

  test('feeds are listed without their addresses, with their last read, and logged in the events', async () => {
    const { api } = stack().owner;
    const { feed, path, read } = await feedOf(stack());
    expect(feed.lastReadAt).toBeNull();
    await read();

    const { feeds } = await api.call(routes.listCalendarFeeds, {});

    expect(feeds.find(({ id }) => id === feed.id)?.lastReadAt).not.toBeNull();
    const secret = path.split('/').at(-1)?.replace('.ics', '') ?? '';
    expect(secret.length).toBeGreaterThanOrEqual(43);
    const { events } = await api.call(routes.listEvents, { query: { q: feed.name } });
    expect(events.map(({ code }) => code)).toEqual(['calendar-feed.made']);
    for (const text of [JSON.stringify(feeds), JSON.stringify(events), stack().log.join('')])
      expect(text).not.toContain(secret);
  });

  test('a viewer can neither create nor list feeds; a feed needs an existing organization', async () => {
    const viewer = await stack().join('viewer');

    expect(await refused(viewer.api.call(routes.listCalendarFeeds, {}))).toMatchObject({
      code: 'request.not-permitted',
    });
    expect(await refused(viewer.api.call(routes.addCalendarFeed, { body: { name: 'x' } }))).toMatchObject({
      code: 'request.not-permitted',
    });
    const organizationId = '00000000-0000-4000-8000-000000000000';
    expect(
      await refused(stack().owner.api.call(routes.addCalendarFeed, { body: { name: 'x', organizationId } })),
    ).toMatchObject({ code: 'organization.not-found' });
  });
});
