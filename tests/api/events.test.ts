import { routes } from '@winesap/api';
import { addOrganization, createStrictApi, holdLocation, listenLive, refused, until } from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

const DAY_MS = 86_400_000;

forEachStack((stack) => {
  test('filters narrow the log by receiver, level, location, text, and time', async () => {
    const { apple, owner } = stack();
    const { api } = owner;
    const held = await holdLocation(stack());
    const other = await holdLocation(stack());
    const start = new Date().toISOString();
    await apple.resetPassword(held.appleId);
    await api.call(routes.checkToken, { params: { tokenId: held.tokenId } });
    const codes = async (query: Parameters<typeof list>[0]) => (await list(query)).map(({ code }) => code);
    const list = async (query: NonNullable<Parameters<typeof api.call<typeof routes.listEvents>>[1]['query']>) =>
      (await api.call(routes.listEvents, { query })).events;

    expect(await codes({ tokenId: held.tokenId, level: 'error' })).toEqual(['token.revoked']);
    expect(await codes({ policyId: held.policyId, receiverType: 'vpp-token', from: start })).toEqual(['token.revoked']);
    expect(await codes({ organizationId: other.organizationId, level: 'error' })).toEqual([]);
    expect(await codes({ q: '9625', tokenId: held.tokenId })).toEqual(['token.revoked']);
    expect(await codes({ q: 'REVOKED', organizationId: held.organizationId })).toEqual(['token.revoked']);
    expect(await codes({ q: '%', organizationId: held.organizationId })).toEqual([]);
    expect(await codes({ tokenId: held.tokenId, to: start })).not.toContain('token.revoked');
    expect((await list({ receiverType: 'organization', organizationId: held.organizationId })).length).toBe(1);
    const [revoked] = await list({ tokenId: held.tokenId, level: 'error' });
    expect(revoked).toMatchObject({
      receiverType: 'vpp-token',
      receiverName: held.location.locationName,
      organizationName: held.location.orgName,
      policyId: held.policyId,
      tokenRemoved: false,
      apple: { httpStatus: 401, errorNumber: 9625, errorMessage: 'The server has revoked the sToken.' },
    });
    expect(revoked?.apple?.line).toMatch(
      /^401 - error while retrieving [a-z ]+ \|\| 9625 - The server has revoked the sToken\.$/,
    );
    expect(revoked?.text).toContain('Apple has revoked this token.');
  });

  test('the summary counts what matches the filter, and which tokens do not work', async () => {
    const { apple, owner } = stack();
    const held = await holdLocation(stack());
    const query = { organizationId: held.organizationId, receiverType: 'vpp-token' as const };
    await apple.resetPassword(held.appleId);
    await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });

    const summary = await owner.api.call(routes.summarizeEvents, { query });
    const { events } = await owner.api.call(routes.listEvents, { query });

    expect(summary.total).toBe(events.length);
    expect(summary.tokensNotWorking).toBe(1);
    expect(summary.histogram.reduce((all, { error, warning, info }) => all + error + warning + info, 0)).toBe(
      events.length,
    );
    expect(summary.receivers).toEqual([
      {
        tokenId: held.tokenId,
        receiverType: 'vpp-token',
        receiverName: held.location.locationName,
        events: events.length,
        errors: 1,
        broken: true,
      },
    ]);
  });

  test('pages join without gaps or repeats while new events arrive', async () => {
    const { api } = stack().owner;
    const { organizationId } = await addOrganization(api);
    const rename = (name: string) =>
      api.call(routes.renameOrganization, { params: { organizationId }, body: { name } });
    for (let i = 1; i <= 9; i++) await rename(`Orchard ${organizationId.slice(0, 8)} ${i}`);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(cursor);
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor;
      await rename(`Orchard ${organizationId.slice(0, 8)} later ${seen.length}`);
    } while (cursor !== null);

    async function readPage(from: string | null) {
      return api.call(routes.listEvents, {
        query: { organizationId, limit: 3, ...(from === null ? {} : { cursor: from }) },
      });
    }
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
    expect([...seen].sort((a, b) => Number(b) - Number(a))).toEqual(seen);
  });

  test.each(['page-2', '-1', '1e9', '9'.repeat(30)])('the made-up cursor %s is refused', async (cursor) => {
    const problem = await refused(stack().owner.api.call(routes.listEvents, { query: { cursor } }));

    expect(problem).toMatchObject({ code: 'cursor.invalid', status: 400 });
  });

  test('the log as CSV contains the same lines, and no cell is a formula', async () => {
    const { api } = stack().owner;
    const { organizationId } = await addOrganization(api, '=HYPERLINK("http://evil.example")');

    const response = await api.open(routes.exportEvents, { query: { organizationId } });
    const text = await response.text();

    expect(response.headers.get('content-disposition')).toContain('events.csv');
    const [head, line, ...rest] = text
      .replace(/^\ufeff/, '')
      .trim()
      .split('\n');
    expect(head).toBe(
      'at,level,receiverType,receiver,organization,policy,code,text,appleNumber,appleSaid,actor,requestId',
    );
    expect(rest).toEqual([]);
    expect(line).toContain('organization.added');
    expect(line).not.toMatch(/(^|,)"?=/);
  });

  test('watchers receive events in order, after hello', async () => {
    const { api } = stack().owner;
    const live = await listenLive(api);
    try {
      const { organizationId } = await addOrganization(api);
      await api.call(routes.renameOrganization, {
        params: { organizationId },
        body: { name: `New ${organizationId}` },
      });

      const { events } = await api.call(routes.listEvents, { query: { organizationId } });
      await live.hears('event', ({ eventId }) => eventId === events[0]?.id);
      await live.hears('tree', (message) => message.organizationId === organizationId);
      expect(live.heard[0]?.topic).toBe('hello');
      const told = live.heard.flatMap((message) =>
        message.topic === 'event' && message.organizationId === organizationId ? [message.eventId] : [],
      );
      expect(told).toEqual(events.map(({ id }) => id).toReversed());
      expect(events.map(({ code }) => code).toReversed()).toEqual(['organization.added', 'organization.renamed']);
    } finally {
      live.close();
    }
  });

  test('strangers receive nothing', async () => {
    const problem = await refused(createStrictApi({ baseUrl: stack().url }).open(routes.stream, {}));

    expect(problem).toMatchObject({ code: 'request.not-signed-in', status: 401 });
  });

  test('events are deleted after 90 days, and not a day before', async () => {
    const { api } = stack().owner;
    const { organizationId } = await addOrganization(api);
    const insert = (days: number) => ({
      at: new Date(Date.now() - days * DAY_MS),
      level: 'info' as const,
      receiver_type: 'organization' as const,
      receiver_name: `${days} days old`,
      code: 'organization.renamed',
      text: 'Long ago.',
      organization_id: organizationId,
      data: '{}',
    });
    const purgeCron = await stack().withDatabase(async ({ db }) => {
      await db
        .insertInto('events')
        .values([insert(1), insert(89.9), insert(90.1), insert(400)])
        .execute();
      const { rows } = await sql<{ cron: string }>`select cron from jobs.schedule where name = 'purge'`.execute(db);
      // The daily job, run now.
      await sql`insert into jobs.job (name, data) values ('purge', '{}')`.execute(db);
      return rows;
    });

    const left = await until(
      'the purge',
      async () => (await api.call(routes.listEvents, { query: { organizationId } })).events,
      (events) => events.every(({ receiverName }) => receiverName !== '400 days old'),
      { withinMs: 20_000 },
    );

    expect(purgeCron).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
    expect(left.map(({ receiverName }) => receiverName).filter((name) => name.endsWith('old'))).toEqual([
      '89.9 days old',
      '1 days old',
    ]);
    expect((await api.call(routes.listEvents, {})).keptDays).toBe(90);
  });
});
