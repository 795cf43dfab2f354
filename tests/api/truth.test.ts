import { routes } from '@winesap/api';
import { type HeldLocation, holdLocation, type NewFault, type Stack, scanned, startStack } from '@winesap/testkit';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

interface Lie {
  what: string;
  fault: Omit<NewFault, 'uId'>;
}

const ASSETS = '/mdm/v2/assets';
const ASSIGNMENTS = '/mdm/v2/assignments';

/** Makes Apple err in this way at every request while the fault lasts. */
const LIES: Lie[] = [
  ...[ASSETS, ASSIGNMENTS].flatMap((path) => [
    { what: 'no next page', fault: { name: 'wrong-next-page', path, how: 'missing' } },
    {
      what: 'no next page once in the middle',
      fault: { name: 'wrong-next-page', path, how: 'missing', page: 'middle' },
    },
    { what: 'a page skipped', fault: { name: 'wrong-next-page', path, how: 'skips', page: 'middle' } },
    { what: 'the first page next for ever', fault: { name: 'wrong-next-page', path, how: 'first' } },
    { what: 'too few pages counted', fault: { name: 'wrong-total-pages', path, how: 'lower' } },
    { what: 'too many pages counted', fault: { name: 'wrong-total-pages', path, how: 'huge' } },
    { what: 'a page twice', fault: { name: 'repeated-page', path } },
    { what: 'a row swallowed', fault: { name: 'swallowed-rows', path, page: 'middle' } },
    { what: 'a row swallowed and counted', fault: { name: 'swallowed-rows', path, page: 'middle', size: 'stays' } },
    { what: 'a row twice', fault: { name: 'repeated-rows', path, from: 'page-before', page: 'later' } },
    { what: 'half the list', fault: { name: 'short-list', path } },
    { what: 'no version', fault: { name: 'wrong-version', path } },
  ]),
  { what: 'a repeated asset that differs', fault: { name: 'repeated-rows', path: ASSETS, differ: true } },
  { what: 'no assets', fault: { name: 'empty-assets' } },
  { what: 'no assignments', fault: { name: 'empty-assignments' } },
  { what: 'rows without a holder', fault: { name: 'wrong-holder', rows: 3 } },
  { what: 'assignments of an asset that isn’t listed', fault: { name: 'unlisted-asset', how: 'instead', rows: 2 } },
  ...['missing', 'zero', 'lower', 'negative', 'above-53-bits'].map((how) => ({
    what: `all counts ${how}`,
    fault: { name: 'wrong-counts', count: 'all', how },
  })),
  ...['assignedCount', 'totalCount'].flatMap((count) =>
    ['zero', 'text'].map((how) => ({ what: `${count} ${how}`, fault: { name: 'wrong-counts', count, how } })),
  ),
];

interface Shown {
  assets: { adamId: string; total: number | null; assigned: number | null; gone: boolean }[];
  assignments: number | null;
}

/** The decision is made above the database, so one engine proves it. */
describe('wrong answers from Apple', () => {
  let running: Stack;
  const stack = () => running;
  beforeAll(async () => {
    running = await startStack({ engine: 'postgres', env: { WINESAP_APPLE_TIMEOUT_MS: '4000' } });
  });
  afterAll(() => running.stop());
  afterEach(async () => {
    await stack().apple.endFaults();
    await stack().apple.settings({ pageSize: 1000 });
  });

  const scan = (held: HeldLocation) => stack().owner.api.call(routes.scanToken, { params: { tokenId: held.tokenId } });
  const shown = async ({ tokenId, policyId }: HeldLocation): Promise<Shown> => {
    const { api } = stack().owner;
    const { assets } = await api.call(routes.listAssets, { params: { policyId }, query: { gone: 'true' } });
    const { assignments } = await api.call(routes.getToken, { params: { tokenId } });
    return {
      assets: assets.map(({ adamId, total, assigned, gone }) => ({ adamId, total, assigned, gone })),
      assignments,
    };
  };
  const newLocation = (organization?: string) =>
    holdLocation(stack(), {
      fleet: { assets: 12, devices: 6, assignmentsPerDevice: 10 },
      purchases: [],
      ...(organization !== undefined && { organization }),
    });

  test('remove nothing, whatever they leave out or miscount, and one correct scan agrees with Apple again', async () => {
    const { apple, owner } = stack();
    const locations = await inTurns(LIES, () => newLocation());
    const before = await inTurns(locations, shown);
    await apple.settings({ pageSize: 4 });
    // Everything is due to be read.
    await stack().withDatabase(({ db }) => sql`update readings set full_at = full_at - interval '8 days'`.execute(db));
    const each = <T>(act: (held: HeldLocation, lie: Lie) => Promise<T>) =>
      inTurns(locations, (held, at) => act(held, LIES[at] as Lie));

    await each((held, { fault }) => apple.fault({ ...fault, uId: held.location.uId } as NewFault));
    const lied = await each(async (held) => {
      await scan(held);
      const { scan: ended } = await scanned(owner.api, held.tokenId, 'either');
      return { ended: ended?.failure?.code ?? ended?.state, shown: await shown(held) };
    });
    await apple.endFaults();
    const healed = await each(async (held) => {
      await scan(held);
      const { scan: ended } = await scanned(owner.api, held.tokenId, 'either');
      return { ended: ended?.state, shown: await shown(held) };
    });

    const losses = LIES.flatMap(({ what, fault }, at) => {
      const was = before[at] as Shown;
      const is = lied[at]?.shown as Shown;
      const lost = was.assets.filter(({ adamId, total, assigned }) => {
        const now = is.assets.find((asset) => asset.adamId === adamId);
        return now === undefined || now.gone || isLess(now.total, total) || isLess(now.assigned, assigned);
      });
      const isFewer = isLess(is.assignments, was.assignments);
      return lost.length > 0 || isFewer || lied[at]?.ended === 'scan.broken'
        ? [`${what} ${fault.path ?? ''}: ${lied[at]?.ended}, ${JSON.stringify({ was, is })}`]
        : [];
    });
    expect(losses).toEqual([]);
    expect(healed.map(({ ended }, at) => `${LIES[at]?.what}: ${ended}`)).toEqual(
      LIES.map(({ what }) => `${what}: succeeded`),
    );
    expect(healed.map((one) => one.shown)).toEqual(before);
  });

  test('hide a purchase only until the first correct scan', async () => {
    const { apple, owner } = stack();
    const lies = LIES.filter(({ fault }) => fault.path === ASSETS || fault.name === 'empty-assets');
    const locations = await inTurns(lies, () => newLocation());
    await apple.settings({ pageSize: 4 });
    const totals = async (held: HeldLocation) =>
      new Map((await shown(held)).assets.map((one) => [one.adamId, one.total]));
    const read = async (held: HeldLocation) => {
      await scan(held);
      await scanned(owner.api, held.tokenId, 'either');
    };

    await inTurns(locations, async (held, at) => {
      const { assets } = await apple.state(held.location.uId);
      // On a page that isn't read if the version is the same.
      await apple.buy(held.location.uId, { adamId: String(assets.at(-1)?.adamId), quantity: 2 });
      await apple.fault({ ...lies[at]?.fault, uId: held.location.uId } as NewFault);
      await read(held);
    });
    await apple.endFaults();
    await inTurns(locations, read);

    const atApple = async ({ location }: HeldLocation) =>
      new Map((await apple.state(location.uId)).assets.map(({ adamId, totalCount }) => [adamId, totalCount]));
    expect(await inTurns(locations, totals)).toEqual(await inTurns(locations, atApple));
  });

  describe('in a first scan', () => {
    const COUNTED = /^winesap_(assets|licenses)\{.*"Torn Orchard"/m;
    const metrics = async () => (await stack().owner.api.open(routes.getMetrics, {})).text();

    test('make it doubtful with both numbers, and one correct scan adds the rest', async () => {
      const { apple, owner } = stack();
      await apple.settings({ pageSize: 4 });
      await apple.fault({ name: 'swallowed-rows', path: ASSIGNMENTS, page: 'middle' });

      await expect(newLocation('Torn Orchard')).rejects.toThrow('ended succeeded');
      const { tokens } = await owner.api.call(routes.listTokens, {});
      const tokenId = tokens.find(({ organizationName }) => organizationName === 'Torn Orchard')?.tokenId ?? '';
      const torn = await owner.api.call(routes.getToken, { params: { tokenId } });
      const tornMetrics = await metrics();
      await apple.endFaults();
      await owner.api.call(routes.scanToken, { params: { tokenId } });
      const whole = await scanned(owner.api, tokenId);
      const wholeMetrics = await metrics();

      expect(torn.scan).toMatchObject({ state: 'doubtful', discrepancy: { about: 'holders' } });
      expect(torn.scan?.discrepancy?.text).toMatch(/^Apple lists \d+ assignments of \d+ assets? but counts \d+\.$/);
      expect(torn.lastSyncAt).toBeNull();
      expect(torn).toMatchObject({ assets: null, assignments: null });
      expect(tornMetrics).not.toMatch(COUNTED);
      expect(wholeMetrics).toMatch(COUNTED);
      expect(whole).toMatchObject({ assignments: 60, scan: { state: 'succeeded' } });
    });
  });
});

/** A few at a time, so that the machine is busy but not overloaded. */
async function inTurns<T, R>(items: readonly T[], act: (item: T, at: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += TOGETHER) {
    const some = items.slice(from, from + TOGETHER);
    results.push(...(await Promise.all(some.map((item, at) => act(item, from + at)))));
  }
  return results;
}

const TOGETHER = 5;

function isLess(now: number | null, before: number | null): boolean {
  return before !== null && (now === null || now < before);
}
