import { createApi, routes } from '@winesap/api';
import { type HeldLocation, holdLocation, refused, type Session } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { beforeAll, expect, test } from 'vitest';

withStack('embedded', (stack) => {
  let held: HeldLocation;

  beforeAll(async () => {
    held = await holdLocation(stack());
  });

  /** An admin who has created an upload link and a calendar feed, and what strangers get at their addresses. */
  async function maker(name: string) {
    const session = await stack().join('admin', name);
    const { api } = session;
    const params = { tokenId: held.tokenId };
    const upload = await api.call(routes.addUploadLink, { params, body: {} });
    const feed = await api.call(routes.addCalendarFeed, { body: { name: `Dates of ${name}` } });
    const { id } = await api.call(routes.getMe, {});
    const stranger = createApi({ baseUrl: stack().url });
    const secret = upload.path.replace('/upload/', '');
    return {
      id,
      name: session.name,
      session,
      knock: () => stranger.call(routes.getUploadPage, { params: { secret } }),
      subscribe: async () => (await fetch(stack().url + feed.path)).status,
    };
  }

  const remove = (by: Session, personId: string, links?: 'end' | 'hand-over') =>
    by.api.call(routes.removePerson, { params: { personId }, query: { links } });
  const linksOf = async (personId: string) => {
    const { uploadLinks, calendarFeeds } = await stack().owner.api.call(routes.listOpenLinks, {});
    const own = (link: { personId: string | null }) => link.personId === personId;
    return { uploadLinks: uploadLinks.filter(own), calendarFeeds: calendarFeeds.filter(own) };
  };

  test('only owners can see the addresses that each person has created', async () => {
    const { id, name, session } = await maker('Lin Lists');

    expect(await linksOf(id)).toMatchObject({
      uploadLinks: [{ tokenId: held.tokenId, locationName: held.location.locationName, createdBy: name }],
      calendarFeeds: [{ name: 'Dates of Lin Lists', createdBy: name }],
    });
    expect((await refused(session.api.call(routes.listOpenLinks, {}))).code).toBe('request.not-permitted');
  });

  test("they end with the person's access, and the log says so", async () => {
    const leaver = await maker('Lee Leaver');
    expect((await leaver.knock()).locationName).toBe(held.location.locationName);
    expect(await leaver.subscribe()).toBe(200);

    await remove(stack().owner, leaver.id);

    expect((await refused(leaver.knock())).code).toBe('upload-link.not-valid');
    expect(await leaver.subscribe()).toBe(404);
    const { events } = await stack().owner.api.call(routes.listEvents, { query: {} });
    expect(events.slice(0, 3).map(({ code }) => code)).toEqual([
      'calendar-feed.revoked',
      'upload-link.revoked',
      'person.removed',
    ]);
    expect(events[2]?.text).toBe('Lee Leaver no longer has access. 1 upload link and 1 calendar feed ended.');
  });

  test('transferred ones keep working, and belong to the person who removed the creator', async () => {
    const leaver = await maker('Hal Handover');
    const { id: ownerId } = await stack().owner.api.call(routes.getMe, {});

    await remove(stack().owner, leaver.id, 'hand-over');

    expect((await leaver.knock()).locationName).toBe(held.location.locationName);
    expect(await leaver.subscribe()).toBe(200);
    const { uploadLinks, calendarFeeds } = await linksOf(ownerId);
    expect(uploadLinks).toMatchObject([{ createdBy: stack().owner.name }]);
    expect(calendarFeeds).toMatchObject([{ name: 'Dates of Hal Handover', createdBy: stack().owner.name }]);
    const { events } = await stack().owner.api.call(routes.listEvents, { query: {} });
    expect(events[0]?.text).toContain('1 upload link and 1 calendar feed went to');
  });

  test('transferred ones end when their new owner leaves', async () => {
    const taker = await stack().join('owner', 'Tia Taker');
    const leaver = await maker('Gus Gone');
    await remove(taker, leaver.id, 'hand-over');
    const { id } = await taker.api.call(routes.getMe, {});

    await remove(stack().owner, id);

    expect((await refused(leaver.knock())).code).toBe('upload-link.not-valid');
    expect(await leaver.subscribe()).toBe(404);
  });

  test('an owner who removes themselves keeps nothing', async () => {
    const leaver = await stack().join('owner', 'Sol Self');
    const { path } = await leaver.api.call(routes.addCalendarFeed, { body: { name: 'Own dates' } });
    const { id } = await leaver.api.call(routes.getMe, {});

    await remove(leaver, id, 'hand-over');

    expect((await fetch(stack().url + path)).status).toBe(404);
  });

  test('a person who is not removed keeps theirs', async () => {
    const { api } = stack().owner;
    const { path } = await api.call(routes.addCalendarFeed, { body: { name: 'Of the last owner' } });
    const { id } = await api.call(routes.getMe, {});
    const { people } = await api.call(routes.listPeople, {});
    for (const { id: other, role } of people) if (role === 'owner' && other !== id) await remove(stack().owner, other);

    expect((await refused(remove(stack().owner, id))).code).toBe('person.last-owner');

    expect((await fetch(stack().url + path)).status).toBe(200);
  });
});
