import { routes } from '@winesap/api';
import { type HeldLocation, heldAssignments, holdLocation, listenLive, refused, until } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';

const KEYNOTE = '361285480';
const BOOK = '900000901';

withStack('postgres', (stack) => {
  afterEach(async () => {
    await stack().apple.endFaults();
    await stack().apple.settings({ eventDelayMs: 0 });
  });

  const api = () => stack().owner.api;

  /** Keynote, held by devices. */
  async function library(mode: 'watch' | 'manage' = 'manage') {
    await stack().apple.settings({ eventDelayMs: 0 });
    const held = await holdLocation(stack(), { mode, purchases: [{ adamId: KEYNOTE, quantity: 9 }] });
    await give(held, ['C02TREE1', 'C02TREE2', 'C02TREE3']);
    await rescan(held);
    return { held, asset: { uId: held.location.uId, adamId: KEYNOTE, pricingParam: 'STDQ' } };
  }

  /** Another server assigns them at Apple. */
  async function give(held: HeldLocation, serialNumbers: string[]) {
    const answer = await fetch(`${stack().appleUrl}/mdm/v2/assets/associate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${held.file}`, 'content-type': 'application/json' },
      body: JSON.stringify({ assets: [{ adamId: KEYNOTE }], serialNumbers }),
    });
    expect(answer.status).toBe(200);
    await until(
      'Apple to have assigned them',
      () => stack().apple.state(held.location.uId),
      ({ assets }) => assets.find(({ adamId }) => adamId === KEYNOTE)?.assignedCount === serialNumbers.length,
    );
  }

  async function rescan(held: HeldLocation) {
    const { id } = await api().call(routes.scanToken, { params: { tokenId: held.tokenId } });
    await until(
      'the scan to end',
      () => api().call(routes.getScan, { params: { scanId: id } }),
      ({ state }) => state === 'succeeded',
    );
  }

  const release = (asset: { uId: string; adamId: string; pricingParam: string }, holder: string, confirm = holder) =>
    api().call(routes.requestRelease, { params: asset, body: { kind: 'device', holder, confirm } });
  const ended = (releaseId: string, withinMs = 20_000) =>
    until(
      'the release to end',
      () => api().call(routes.getRelease, { params: { releaseId } }),
      ({ state }) => state === 'done' || state === 'failed',
      { withinMs },
    );
  const holders = async (params: { uId: string; adamId: string; pricingParam: string }) =>
    (await api().call(routes.listHolders, { params })).holders.map(({ holder }) => holder);
  const sentTimes = async () => (await stack().apple.requests()).byPath['POST /mdm/v2/assets/disassociate'] ?? 0;

  test('a license is released, followed to its end, and immediately gone from holders, counts, and history', async () => {
    const { held, asset } = await library();
    await stack().apple.forgetRequests();
    const live = await listenLive(api());

    const asked = await release(asset, 'C02TREE2');
    const again = await release(asset, 'C02TREE2');
    const done = await ended(asked.id);

    expect(again.id).toBe(asked.id);
    expect(done).toMatchObject({ state: 'done', failure: null, holder: 'C02TREE2', requestedBy: 'Olive Owner' });
    expect(await sentTimes()).toBe(1);
    expect(await holders(asset)).toEqual(['C02TREE1', 'C02TREE3']);
    const { asset: shown } = await api().call(routes.getAsset, { params: asset });
    expect(shown).toMatchObject({ assigned: 2, available: 7, total: 9 });
    const { days } = await api().call(routes.getAssetHistory, { params: asset });
    expect(days.at(-1)).toMatchObject({ assigned: 2, available: 7 });
    await live.hears('release', ({ releaseId, finished }) => releaseId === asked.id && finished);
    const { events } = await api().call(routes.listEvents, { query: { tokenId: held.tokenId, q: 'C02TREE2' } });
    expect(events.map(({ code }) => code)).toEqual(['release.done', 'release.requested']);
    live.close();

    await rescan(held);
    expect(await holders(asset)).toEqual(['C02TREE1', 'C02TREE3']);
    const { releases } = await api().call(routes.listReleases, { params: { uId: asset.uId } });
    expect(releases.map(({ state }) => state)).toEqual(['done']);
    const query = { adamId: asset.adamId };
    const exported = await api().open(routes.exportReleases, { params: { uId: asset.uId }, query });
    const [head, ...lines] = (await exported.text()).trim().split('\n');
    expect(head).toBe('requestedAt,requestedBy,adamId,pricingParam,name,kind,holder,state,text,appleSaid,finishedAt');
    expect(lines).toEqual([expect.stringMatching(/Olive Owner.*,device,C02TREE2,done,/)]);
  });

  test('an invalid release is refused with the reason, and nothing is sent', async () => {
    const { held, asset } = await library();
    const watched = await library('watch');
    await stack().apple.buy(held.location.uId, { adamId: BOOK, quantity: 3, productType: 'Book' });
    await rescan(held);
    await stack().apple.forgetRequests();
    const viewer = await stack().join('viewer');

    expect(await refused(release(watched.asset, 'C02TREE1'))).toMatchObject({ code: 'release.watched' });
    expect(await refused(release(asset, 'C02TREE9'))).toMatchObject({ code: 'release.not-held' });
    expect(await refused(release(asset, 'C02TREE1', 'yes'))).toMatchObject({ code: 'release.confirm-differs' });
    expect(await refused(release({ ...asset, adamId: BOOK }, 'C02TREE1'))).toMatchObject({
      code: 'release.not-revocable',
      title: 'Books cannot be taken back.',
    });
    const body = { kind: 'device', holder: 'C02TREE1', confirm: 'C02TREE1' } as const;
    expect(await refused(viewer.api.call(routes.requestRelease, { params: asset, body }))).toMatchObject({
      code: 'request.not-permitted',
    });
    const { may } = await api().call(routes.getAsset, { params: watched.asset });
    expect(may.release).toMatchObject({ allowed: false, code: 'release.watched' });
    expect(await sentTimes()).toBe(0);
  });

  test('a release that Apple fails keeps the license and shows Apple’s reason', async () => {
    const { asset } = await library();
    await stack().apple.fault({ name: 'event-fails', times: 1, errorNumber: 9644, share: 1 });

    const { id } = await release(asset, 'C02TREE1');
    const failed = await ended(id);

    expect(failed).toMatchObject({
      state: 'failed',
      failure: { code: 'release.refused', apple: { errorNumber: 9644 } },
    });
    expect(await holders(asset)).toContain('C02TREE1');
  });

  test.each([['calls it complete and lists failures', { name: 'complete-with-failures', done: true }]])(
    'what Apple did counts, when it %s',
    async (_what, fault) => {
      const { asset } = await library();
      await stack().apple.fault({ ...fault, times: 1 });

      const { id } = await release(asset, 'C02TREE1');

      expect(await ended(id)).toMatchObject({ state: 'done', failure: null });
      expect(await holders(asset)).not.toContain('C02TREE1');
    },
  );

  test.each([
    ['no answer', { name: 'reset-after-accept' }],
    ['a page of a proxy', { name: 'edge-after-accept', status: 503, form: 'html' }],
  ])('after %s Apple is asked whether it is still assigned, and nothing is sent twice', async (_what, fault) => {
    const { asset } = await library();
    await stack().apple.forgetRequests();
    await stack().apple.fault({ ...fault, times: 1, path: '/mdm/v2/assets/disassociate' });

    const { id } = await release(asset, 'C02TREE1');
    await until(
      'the answer to be lost',
      () => api().call(routes.getRelease, { params: { releaseId: id } }),
      ({ state, text }) => state === 'sent' && /doesn’t say whether it was done/.test(text),
    );
    // As if the half minute before Winesap polls had passed; it also polls at start.
    await stack().withDatabase(async ({ db }) => {
      await sql`update jobs.job set start_after = now() where name = 'release' and state = 'created'`.execute(db);
    });
    const done = await ended(id);

    expect(done.failure).toBeNull();
    expect(done).toMatchObject({ state: 'done', eventId: null });
    expect(await sentTimes()).toBe(1);
    expect(await holders(asset)).not.toContain('C02TREE1');
  });

  test('a release interrupted before it was sent is sent after the restart, one interrupted during sending never again', async () => {
    const { held, asset } = await library();
    await stack().apple.forgetRequests();
    const row = {
      token_id: held.tokenId,
      location_uid: asset.uId,
      adam_id: KEYNOTE,
      pricing_param: 'STDQ',
      user_held: false,
      asset_name: 'Keynote',
      requested_by: 'Olive Owner',
      requested_at: new Date(),
      look_at: new Date(),
    };

    const ids = await stack().withDatabase(({ db }) =>
      db
        .insertInto('releases')
        .values([
          { ...row, holder: 'C02TREE1', state: 'planned' },
          { ...row, holder: 'C02TREE2', state: 'sent', sent_at: new Date(Date.now() - 11 * 60_000) },
        ])
        .returning(['id', 'holder'])
        .execute(),
    );
    await stack().restart();
    const ends = await Promise.all(ids.map(({ id }) => ended(id)));

    expect(ends.map(({ holder, state, failure }) => [holder, state, failure?.code])).toEqual([
      ['C02TREE1', 'done', undefined],
      ['C02TREE2', 'failed', 'release.lost'],
    ]);
    expect(await sentTimes()).toBe(1);
    expect(await holders(asset)).toEqual(['C02TREE2', 'C02TREE3']);
    expect(await stack().withDatabase((database) => heldAssignments(database, asset.uId))).toHaveLength(2);
  });
});
