import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { lies } from '../src/faults/lies/lies.ts';
import { AppleSide, type Json } from './apple-side.ts';

const LISTS = ['assets', 'assignments', 'users'] as const;
type List = (typeof LISTS)[number];

let apple: AppleSide;
let token: string;
let uId: string;
/** Three pages of each list as they truly are. */
const truth = {} as Record<List, Json[]>;

beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 10 });
  ({ token, uId } = await apple.location());
  await apple.control('POST', `/locations/${uId}/bulk`, { assets: 25, devices: 25, assignmentsPerDevice: 1 });
  const users = Array.from({ length: 25 }, (_, n) => ({ clientUserId: `user-${n}`, email: `user-${n}@example.com` }));
  await apple.settle('createUsers', { token, body: { users } });
  for (const list of LISTS) truth[list] = await Promise.all([0, 1, 2].map((index) => page(list, index)));
});
afterEach(() => apple.control('DELETE', '/faults'));
afterAll(() => apple.close());

const fault = (name: string, more: Json = {}) => apple.control('POST', '/faults', { name, ...more });
const rowsOf = (list: List, ...pages: Json[]) => pages.flatMap((one) => one[list]);

/** Not checked against the contract: lies break it. */
async function get(path: string, asWho = token): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${apple.url}${path}`, { headers: { authorization: `Bearer ${asWho}` } });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

async function page(list: List, index: number, asWho = token): Promise<Json> {
  return (await get(`/mdm/v2/${list}?pageIndex=${index}`, asWho)).body;
}

const keyOf = ({ adamId, pricingParam }: Json) => ({ adamId, pricingParam });

/** What differs between a true answer and another one, `undefined` where a member is missing. */
function differences(before: Json, after: Json): Json {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const moved = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return Object.fromEntries(moved.map((name) => [name, after[name]]));
}

describe.each(LISTS)('pages of %s', (list) => {
  test.each<[string, Json, number, Json]>([
    ['wrong-next-page', { how: 'missing' }, 0, { nextPageIndex: undefined }],
    ['wrong-next-page', { how: 'skips' }, 0, { nextPageIndex: 2 }],
    ['wrong-next-page', { how: 'skips' }, 1, { nextPageIndex: undefined }],
    ['wrong-next-page', { how: 'repeats' }, 1, { nextPageIndex: 1 }],
    ['wrong-next-page', { how: 'back' }, 1, { nextPageIndex: 0 }],
    ['wrong-next-page', { how: 'first' }, 2, { nextPageIndex: 0 }],
    ['wrong-next-page', { how: 'beyond' }, 2, { nextPageIndex: 4 }],
    ['wrong-page-index', { how: 'missing' }, 1, { currentPageIndex: undefined }],
    ['wrong-page-index', { how: 'zero' }, 1, { currentPageIndex: 0 }],
    ['wrong-page-index', { how: 'next' }, 1, { currentPageIndex: 2 }],
    ['wrong-page-index', { how: 'negative' }, 1, { currentPageIndex: -1 }],
    ['wrong-total-pages', { how: 'missing' }, 0, { totalPages: undefined }],
    ['wrong-total-pages', { how: 'lower' }, 0, { totalPages: 2 }],
    ['wrong-total-pages', { how: 'higher' }, 2, { totalPages: 4 }],
    ['wrong-total-pages', { how: 'zero' }, 1, { totalPages: 0 }],
    ['wrong-total-pages', { how: 'huge' }, 1, { totalPages: 2 ** 53 }],
    ['wrong-size', { how: 'missing' }, 1, { size: undefined }],
    ['wrong-size', { how: 'lower' }, 2, { size: 4 }],
    ['wrong-size', { how: 'higher' }, 1, { size: 11 }],
    ['wrong-size', { how: 'zero' }, 1, { size: 0 }],
    ['wrong-version', { how: 'missing' }, 1, { versionId: undefined }],
    ['wrong-version', { how: 'empty' }, 1, { versionId: '' }],
    ['missing-member', { member: 'uId' }, 1, { uId: undefined }],
    ['missing-member', { member: 'tokenExpirationDate' }, 0, { tokenExpirationDate: undefined }],
    ['wrong-member', { member: 'uId', value: '""' }, 0, { uId: '' }],
  ])('%s %o changes that and nothing else', async (name, options, index, changed) => {
    await fault(name, { ...options, path: `/mdm/v2/${list}` });

    expect(differences(truth[list][index], await page(list, index))).toEqual(changed);
  });

  test('a lie strikes the pages it names, as often as it was told, and no other list', async () => {
    const other = LISTS[(LISTS.indexOf(list) + 1) % 3] ?? 'users';
    await fault('wrong-size', { how: 'zero', page: 'middle', times: 1, path: `/mdm/v2/${list}` });

    expect((await page(list, 0)).size).toBe(10);
    expect((await page(list, 2)).size).toBe(5);
    expect((await page(other, 1)).size).toBe(10);
    expect((await page(list, 1)).size).toBe(0);
    expect((await page(list, 1)).size).toBe(10);
  });

  test.each([
    ['first', [true, false, false]],
    ['later', [false, true, true]],
    ['last', [false, false, true]],
    ['middle', [false, true, false]],
    ['2', [false, false, true]],
    [null, [true, true, true]],
  ])('page %s', async (wanted, struck) => {
    await fault('wrong-size', { how: 'zero', ...(wanted === null ? {} : { page: wanted }) });

    const sizes = await Promise.all([0, 1, 2].map(async (index) => (await page(list, index)).size));

    expect(sizes.map((size) => size === 0)).toEqual(struck);
  });

  test('a page comes once more, under the index asked for or under its own', async () => {
    await fault('repeated-page', { times: 1 });
    const [first, second] = truth[list];

    expect(differences(second, await page(list, 1))).toEqual({ [list]: first[list] });

    await fault('repeated-page', { index: 'own', times: 1 });
    expect(await page(list, 1)).toEqual(first);
    expect(await page(list, 1)).toEqual(second);
  });

  test('a list is short at its start, middle or end, and its page numbers agree', async () => {
    const all = rowsOf(list, ...truth[list]);
    for (const [where, kept] of [
      ['start', all.slice(13)],
      ['middle', [...all.slice(0, 6), ...all.slice(19)]],
      ['end', all.slice(0, 12)],
    ] as const) {
      await apple.control('DELETE', '/faults');
      await fault('short-list', { where });

      const pages = [await page(list, 0), await page(list, 1)];

      expect(pages.map(({ totalPages, size, nextPageIndex }) => [totalPages, size, nextPageIndex])).toEqual([
        [2, 10, 1],
        [2, kept.length - 10, undefined],
      ]);
      expect(rowsOf(list, ...pages)).toEqual(kept);
    }
    await apple.control('DELETE', '/faults');
    await fault('short-list', { rows: 25 });
    expect(await page(list, 0)).toMatchObject({ [list]: [], size: 0 });
  });

  test('later pages are cut as if all were smaller or larger', async () => {
    const all = rowsOf(list, ...truth[list]);
    await fault('changing-page-size', { factor: 0.5, times: 1 });
    expect((await page(list, 0)).totalPages).toBe(3);
    expect(await page(list, 1)).toMatchObject({ [list]: all.slice(5, 10), totalPages: 5, size: 5 });

    await fault('changing-page-size', { factor: 1.5, times: 1 });
    expect(await page(list, 1)).toMatchObject({ [list]: all.slice(15), totalPages: 2, size: 10 });
  });

  test('rows are swallowed, and size fits or not', async () => {
    const [first] = truth[list];
    await fault('swallowed-rows', { rows: 2, times: 1 });
    expect(differences(first, await page(list, 0))).toEqual({ [list]: first[list].toSpliced(4, 2), size: 8 });

    await fault('swallowed-rows', { where: 'end', size: 'stays', times: 1 });
    expect(differences(first, await page(list, 0))).toEqual({ [list]: first[list].slice(0, -1) });

    await fault('swallowed-rows', { where: 'start', rows: 99, page: 'last', times: 1 });
    expect(differences(truth[list][2], await page(list, 2))).toEqual({ [list]: [], size: 0 });
  });

  test('rows come twice, from the page or the one before it', async () => {
    const [first, second] = truth[list];
    await fault('repeated-rows', { times: 1 });
    expect(differences(first, await page(list, 0))).toEqual({ [list]: [...first[list], first[list][5]], size: 11 });

    await fault('repeated-rows', { from: 'page-before', rows: 2, size: 'stays', times: 1 });
    await page(list, 0);
    expect(differences(second, await page(list, 1))).toEqual({ [list]: [...first[list].slice(-2), ...second[list]] });
  });

  test('a version stays what it was while rows change, or is another one each time', async () => {
    const { uId: other, token: itsToken } = await apple.location({ locationName: `Moving ${list}` });
    await apple.control('POST', `/locations/${other}/bulk`, { assets: 1, devices: 4, assignmentsPerDevice: 1 });
    await fault('wrong-version', { how: 'stuck' });
    const before = await page(list, 0, itsToken);
    await apple.control('POST', `/locations/${other}/churn`, { unassign: 1 });
    await apple.settle('createUsers', { token: itsToken, body: { users: [{ clientUserId: 'anna' }] } });
    const after = await page(list, 0, itsToken);
    expect(after.versionId).toBe(before.versionId);
    expect(after[list]).not.toEqual(before[list]);

    await apple.control('DELETE', '/faults');
    await fault('wrong-version', { how: 'changing' });
    const versions = [await page(list, 0), await page(list, 0), await page(list, 1)].map((one) => one.versionId);
    expect(new Set(versions).size).toBe(3);
  });
});

describe('rows', () => {
  test('a repeated asset may differ from itself', async () => {
    await fault('repeated-rows', { differ: true });
    const { assets } = await page('assets', 0);

    expect(assets.at(-1)).toEqual({ ...assets[5], assignedCount: assets[5].assignedCount + 1 });
  });

  test.each<[string, Json]>([
    ['missing', {}],
    ['null', { serialNumber: null }],
    ['empty', { serialNumber: '' }],
    ['both', { serialNumber: expect.any(String), clientUserId: expect.any(String) }],
  ])('an assignment whose holder is %s', async (how, wrong) => {
    await fault('wrong-holder', { how });
    const { assignments } = await page('assignments', 1);

    expect(assignments).toHaveLength(10);
    expect(assignments[5]).toEqual({ ...keyOf(truth.assignments[1].assignments[5]), ...wrong });
    expect(assignments.toSpliced(5, 1)).toEqual(truth.assignments[1].assignments.toSpliced(5, 1));
  });

  test('assignments name an asset that is not listed', async () => {
    await fault('unlisted-asset', { times: 1 });
    const added = await page('assignments', 0);
    await fault('unlisted-asset', { how: 'instead', rows: 0, page: 'last' });
    const instead = await page('assignments', 2);

    expect(added).toMatchObject({ size: 11 });
    expect(added.assignments[10]).toEqual({ ...added.assignments[5], adamId: '9990000001', pricingParam: 'STDQ' });
    expect(new Set(instead.assignments.map((row: Json) => row.adamId))).toEqual(new Set(['9990000001']));
    expect(rowsOf('assets', ...truth.assets).some((row: Json) => row.adamId === '9990000001')).toBe(false);
  });
});

describe('counts', () => {
  test.each<[string, (count: number) => Json]>([
    ['missing', () => undefined],
    ['null', () => null],
    ['zero', () => 0],
    ['lower', (count) => count - 1],
    ['higher', (count) => count + 1],
    ['negative', (count) => -count - 1],
    ['fraction', (count) => count + 0.5],
    ['text', String],
    ['above-32-bits', (count) => 2 ** 32 + count],
    ['above-53-bits', () => 2 ** 60],
  ])('%s, each alone or all together', async (how, wrong) => {
    const rows = truth.assets[1].assets as Json[];
    for (const count of ['assignedCount', 'availableCount', 'totalCount', 'retiredCount']) {
      await fault('wrong-counts', { count, how, rows: 1, times: 1 });

      const { assets } = await page('assets', 1);

      expect(assets).toEqual(rows.with(5, plain({ ...rows[5], [count]: wrong(rows[5][count]) })));
    }
    await fault('wrong-counts', { count: 'all', how });
    const row = (await page('assets', 1)).assets[0];
    expect(row).toEqual(
      plain({
        ...rows[0],
        assignedCount: wrong(rows[0].assignedCount),
        availableCount: wrong(rows[0].availableCount),
        totalCount: wrong(rows[0].totalCount),
        retiredCount: wrong(rows[0].retiredCount),
      }),
    );
  });

  test('lag behind assignments, their version with them, and catch up', async () => {
    const { uId: other, token: itsToken } = await apple.location({ locationName: 'Lagging' });
    await apple.control('POST', `/locations/${other}/bulk`, { assets: 1, devices: 2, assignmentsPerDevice: 1 });
    const look = async () => {
      const { assets, versionId } = (await get('/mdm/v2/assets', itsToken)).body;
      return { ...assets[0], versionId, rows: (await get('/mdm/v2/assignments', itsToken)).body.size };
    };
    const before = await look();
    await fault('lagging-counts', { uId: other, lagMs: 60_000 });

    await apple.control('POST', `/locations/${other}/churn`, { assign: 1 });
    await apple.buy(other, before.adamId, 10);
    const meanwhile = await look();
    await apple.control('POST', '/clock', { advanceMs: 60_000 });
    const afterwards = await look();

    expect(meanwhile).toMatchObject({ rows: 3, assignedCount: 2, versionId: before.versionId });
    expect(meanwhile).toMatchObject({ totalCount: before.totalCount + 10, availableCount: before.availableCount + 10 });
    expect(afterwards).toMatchObject({ rows: 3, assignedCount: 3, availableCount: before.availableCount + 9 });
    expect(afterwards.versionId).not.toBe(before.versionId);
  });

  test('lag with whole rows: what was bought is not listed for a while', async () => {
    const { uId: other, token: itsToken } = await apple.location({ locationName: 'Lagging rows' });
    await apple.buy(other, '361309726', 5);
    await fault('lagging-counts', { uId: other, lagMs: 60_000, what: 'rows' });

    await apple.buy(other, '361309726', 5);
    await apple.buy(other, '409183694', 5);

    const { assets, size } = (await get('/mdm/v2/assets', itsToken)).body;
    expect([assets.length, size, assets[0].totalCount, assets[0].availableCount]).toEqual([1, 1, 5, 5]);
    await apple.control('POST', '/clock', { advanceMs: 60_000 });
    expect((await get('/mdm/v2/assets', itsToken)).body).toMatchObject({ size: 2, assets: [{ totalCount: 10 }, {}] });
  });
});

describe('texts', () => {
  test.each([
    ['nul', 'Te\u0000xts'],
    ['control', 'Te\u0007\u001b[31m\u009bxts'],
    ['line-break', 'Te\r\n\u2028xts'],
    ['direction', 'Te\u202e\u2066xts'],
    ['lone-surrogate', 'Te\ud83dxts'],
    ['long', `Te${'x'.repeat(100_000)}xts`],
    ['empty', ''],
  ])('hold what is %s', async (kind, odd) => {
    const { uId: other, token: itsToken } = await apple.location({ locationName: 'Texts' });
    await apple.control('POST', `/locations/${other}/claim`, { id: 'Texts', name: 'Texts', metadata: 'Texts' });
    await fault('odd-texts', { uId: other, kind });

    const { locationName, mdmInfo } = (await get('/mdm/v2/client/config', itsToken)).body;

    expect([locationName, mdmInfo]).toEqual([odd, { id: 'Texts', name: odd, metadata: odd }]);
  });

  test('of one member alone, in some rows, in refusals and in the names of the store', async () => {
    await fault('odd-texts', { member: 'clientUserId', rows: 1, times: 1, path: '/mdm/v2/users' });
    const users = (await page('users', 0)).users.map((user: Json) => user.clientUserId);
    expect(users.filter((id: string) => id.includes('\u0000'))).toHaveLength(1);

    await fault('odd-texts', { times: 1, path: '/mdm/v2/assets' });
    expect((await get('/mdm/v2/assets?pageIndex=99')).body).toMatchObject({
      errorNumber: 9650,
      errorMessage: expect.stringContaining('\u0000'),
    });

    await fault('odd-texts', { path: '/WebObjects/*' });
    const { results } = (await get('/WebObjects/MZStorePlatform.woa/wa/lookup?id=361309726')).body;
    expect(results['361309726'].name).toContain('\u0000');
  });
});

describe('who answers', () => {
  test('another uId over the true rows', async () => {
    const { uId: other } = await apple.location({ locationName: 'Somebody else' });
    await fault('uid-changes', { to: other, page: 'later' });

    expect(await page('assets', 0)).toEqual(truth.assets[0]);
    expect(differences(truth.assets[1], await page('assets', 1))).toEqual({ uId: other });
  });

  test('a uId nobody has', async () => {
    await fault('uid-changes', { to: '2199999999999999', times: 1 });

    expect((await get('/mdm/v2/client/config')).body.uId).toBe('2199999999999999');
  });

  test('another location altogether', async () => {
    const { uId: other, token: itsToken } = await apple.location({ locationName: 'Elsewhere' });
    await apple.buy(other, '361309726', 7);
    await fault('uid-changes', { uId, to: other, rows: 'other' });

    const { tokenExpirationDate, ...theirs } = await page('assets', 0, itsToken);
    expect(await page('assets', 0)).toMatchObject(theirs);
    expect((await get('/mdm/v2/client/config')).body).toMatchObject({ uId: other, locationName: 'Elsewhere' });
  });

  test.each([
    [9621, 200],
    [9622, 200],
    [9625, 200],
    [9722, 200],
    [9621, 401],
    [9622, 401],
    [9625, 401],
    [9722, 401],
  ])('a living token is refused once with %i in %i', async (errorNumber, status) => {
    await fault('stray-refusal', { errorNumber, status, times: 1 });

    const struck = await get('/mdm/v2/assets');

    expect([struck.status, struck.body.errorNumber]).toEqual([status, errorNumber]);
    expect(await page('assets', 0)).toEqual(truth.assets[0]);
  });

  test('a living token is refused on a later page', async () => {
    await fault('stray-refusal', { page: '1' });

    expect((await page('users', 0)).errorNumber).toBeUndefined();
    expect((await page('users', 1)).errorNumber).toBe(9622);
  });

  test.each([
    ['html', 'text/html', /<h1>Bad Gateway/],
    ['json', 'application/json;charset=utf-8', /"upstream request timeout"/],
    ['text', 'text/plain; charset=utf-8', /^upstream request timeout$/],
    ['empty', 'text/plain; charset=utf-8', /^$/],
  ])('the edge answers with %s for what was carried out', async (form, type, words) => {
    const { uId: other, token: itsToken } = await apple.location({ locationName: `Edge ${form}` });
    await apple.buy(other, '361309726', 1);
    await fault('edge-after-accept', { form, times: 1, path: 'POST /mdm/v2/assets/associate' });

    const response = await fetch(`${apple.url}/mdm/v2/assets/associate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${itsToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ assets: [{ adamId: '361309726' }], serialNumbers: ['EDGE'] }),
    });
    await apple.control('POST', '/clock', { advanceMs: 60_000 });

    expect([response.status, response.headers.get('content-type')]).toEqual([503, type]);
    expect(await response.text()).toMatch(words);
    expect((await get('/mdm/v2/assignments', itsToken)).body.assignments).toMatchObject([{ serialNumber: 'EDGE' }]);
  });

  test('writes of the configuration are throttled while reads go on', async () => {
    await fault('busy', { path: 'POST /mdm/v2/client/config' });

    expect((await apple.call('setClientConfig', { token, body: {} })).status).toBe(429);
    expect((await apple.call('getClientConfig', { token })).status).toBe(200);
  });
});

describe('members', () => {
  test('of any answer can be missing or wrong, one at a time, in all rows or some', async () => {
    await apple.control('POST', `/locations/${uId}/claim`, { id: 'mdm-1', name: 'MDM', metadata: '' });
    await fault('missing-member', { member: 'mdmInfo.name', path: '/mdm/v2/client/config' });
    expect((await get('/mdm/v2/client/config')).body.mdmInfo).toEqual({ id: 'mdm-1', metadata: '' });

    await fault('missing-member', { member: 'limits', path: '/mdm/v2/service/config' });
    expect((await get('/mdm/v2/service/config')).body).not.toHaveProperty('limits');

    await fault('missing-member', { member: 'users[].status', rows: 2 });
    const { users } = await page('users', 0);
    expect(users.filter((user: Json) => user.status === undefined)).toHaveLength(2);

    await fault('wrong-member', { member: 'assets[].adamId', value: '[1, null]' });
    expect((await page('assets', 0)).assets.map((row: Json) => row.adamId)).toEqual(Array(10).fill([1, null]));
    await apple.control('POST', `/locations/${uId}/claim`, null);
  });

  test('several lies are told at once', async () => {
    await fault('missing-member', { member: 'uId' });
    await fault('missing-member', { member: 'versionId' });
    await fault('short-list', { rows: 10 });

    expect(await page('users', 1)).toMatchObject({ size: 5, totalPages: 2 });
    expect(Object.keys(await page('users', 1))).not.toContain('uId');
    expect(Object.keys(await page('users', 1))).not.toContain('versionId');
  });
});

test('wrong options are refused with a sentence', async () => {
  for (const [name, options, sentence] of [
    ['wrong-size', { page: 'second' }, 'page is first, middle, later, last, or an index'],
    ['wrong-member', { value: '{' }, 'value is JSON'],
    ['wrong-counts', { how: 'odd' }, /^how is one of missing, null/],
    ['short-list', { where: 'nowhere' }, 'where is one of start, middle, end'],
  ] as const) {
    const { status, body } = await apple.tryControl('POST', '/faults', { name, ...options });
    expect([status, body.error]).toEqual([
      400,
      typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
    ]);
  }
});

test('the truth can be asked for while lies are told', async () => {
  for (const name of ['empty-assets', 'empty-assignments', 'empty-users']) await fault(name);

  const rows = await apple.control('GET', `/state/${uId}/rows`);

  expect(rows.assignments).toEqual(rowsOf('assignments', ...truth.assignments));
  expect(rows.users.map((user: Json) => user.clientUserId)).toEqual(
    rowsOf('users', ...truth.users).map((user) => user.clientUserId),
  );
});

test('a lie with nothing to lie about is not used up', async () => {
  for (const name of Object.keys(lies)) await fault(name, { path: '/WebObjects/*', times: 1 });

  await get('/WebObjects/MZStorePlatform.woa/wa/lookup?id=1');

  const { active } = await apple.control('GET', '/faults');
  expect(active.map((one: Json) => one.name)).toEqual(Object.keys(lies));
});

const plain = (value: Json) => JSON.parse(JSON.stringify(value));
