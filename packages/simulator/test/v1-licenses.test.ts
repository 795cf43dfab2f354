import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { Receiver } from './receiver.ts';

const APP = '900000001';
const BOOK = '900000901';

let apple: AppleSide;
let receiver: Receiver;
beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 4 });
  receiver = await Receiver.start();
});
afterAll(() => Promise.all([apple.close(), receiver.close()]));

/** A location with five licenses of an app and two of a book. */
async function library() {
  const { uId, token, managedDomain } = await apple.location();
  await apple.buy(uId, APP, 5);
  await apple.buy(uId, BOOK, 2);
  const call = async (id: Parameters<AppleSide['call']>[0], body: Json): Promise<Json> =>
    (await apple.call(id, { body: { sToken: token, ...body } })).body;
  const manage = (lists: Json, adamIdStr = APP) =>
    call('v1ManageLicenses', { adamIdStr, pricingParam: null, notifyDisassociation: true, ...lists });
  return { uId, token, managedDomain, call, manage };
}

test('assets show what they are, and counts only when asked', async () => {
  const { call, manage } = await library();
  await manage({ associateSerialNumbers: ['SER1', 'SER2'] });

  const plain = await call('v1GetAssets', {});
  const counted = await call('v1GetAssets', { includeLicenseCounts: true });

  expect(plain.totalCount).toBe(2);
  expect(plain.assets[0]).toEqual({
    adamIdStr: APP,
    pricingParam: 'STDQ',
    productTypeId: 8,
    productTypeName: 'Application',
    isIrrevocable: false,
    deviceAssignable: true,
  });
  expect(counted.assets[0]).toMatchObject({ assignedCount: 2, availableCount: 3, retiredCount: 0, totalCount: 5 });
  expect((await call('v1GetAssets', { pricingParam: 'PLUS' })).assets).toEqual([]);
});

describe('assignments', () => {
  test('come in pages that name the request of the first, and keep its filter', async () => {
    const { call, manage } = await library();
    await manage({ associateSerialNumbers: ['SER1', 'SER2', 'SER3', 'SER4', 'SER5'] });

    const first = await call('v1GetAssignments', { adamIdStr: APP });
    const second = await call('v1GetAssignments', { requestId: first.requestId, pageIndex: first.nextPageIndex });

    expect(first).toMatchObject({
      assignmentsInCurrentPage: 4,
      currentPageIndex: 0,
      totalAssignments: 5,
      totalPages: 2,
    });
    expect(second.assignments).toEqual([{ adamIdStr: APP, pricingParam: 'STDQ', serialNumber: 'SER5' }]);
    expect(second).not.toHaveProperty('nextPageIndex');
  });

  test('of one device, of one user, of nobody', async () => {
    const { call, manage } = await library();
    await call('v1RegisterUser', { clientUserIdStr: 'u-1' });
    await manage({ associateSerialNumbers: ['SER1'] });
    await manage({ associateClientUserIdStrs: ['u-1'] });

    const device = await call('v1GetAssignments', { serialNumber: 'SER1' });
    const user = await call('v1GetAssignments', { clientUserIdStr: 'u-1' });
    const nobody = await call('v1GetAssignments', { serialNumber: 'SER9' });

    expect(device.assignments).toEqual([{ adamIdStr: APP, pricingParam: 'STDQ', serialNumber: 'SER1' }]);
    expect(user.assignments).toEqual([{ adamIdStr: APP, pricingParam: 'STDQ', clientUserIdStr: 'u-1' }]);
    expect(nobody).toMatchObject({ assignments: [], totalAssignments: 0, totalPages: 1 });
  });

  test.each<[string, Json, number]>([
    ['a request without a page', { requestId: 'known' }, 9649],
    ['a page out of range', { requestId: 'known', pageIndex: 7 }, 9650],
    ['a page without a request', { pageIndex: 1 }, 9600],
    ['a request nobody made', { requestId: 'c302ccde-1395-46cd-1276-d6b7aac9c2e5', pageIndex: 0 }, 9602],
  ])('%s is refused', async (_name, asked, errorNumber) => {
    const { call } = await library();
    const { requestId } = await call('v1GetAssignments', {});

    const answer = await call('v1GetAssignments', { ...asked, ...(asked.requestId === 'known' ? { requestId } : {}) });

    expect(answer).toMatchObject({ status: -1, errorNumber });
  });
});

describe('managing licenses', () => {
  test('associates at once, and version 2 shows it', async () => {
    const { token, manage } = await library();

    const done = await manage({ associateSerialNumbers: ['SER1', 'SER2'] });

    expect(done).toMatchObject({ status: 0, adamIdStr: APP, productTypeId: 8, isIrrevocable: false });
    expect(done.associations.map(({ serialNumber }: Json) => serialNumber)).toEqual(['SER1', 'SER2']);
    expect(new Set(done.associations.map(({ licenseIdStr }: Json) => licenseIdStr)).size).toBe(2);
    expect(done).not.toHaveProperty('disassociations');
    const { assignments } = (await apple.call('getAssignments', { token })).body;
    expect(assignments.map(({ serialNumber }: Json) => serialNumber)).toEqual(['SER1', 'SER2']);
  });

  test('takes first and gives then, so that the last license can change hands', async () => {
    const { manage } = await library();
    await manage({ associateSerialNumbers: ['A', 'B', 'C', 'D', 'E'] });

    const none = await manage({ associateSerialNumbers: ['F'] });
    const changed = await manage({ disassociateSerialNumbers: ['A'], associateSerialNumbers: ['F'] });

    expect(none).toMatchObject({ status: -3, associations: [{ serialNumber: 'F', errorNumber: 9610 }] });
    expect(changed).toMatchObject({
      status: 0,
      disassociations: [{ serialNumber: 'A' }],
      associations: [{ serialNumber: 'F' }],
    });
  });

  test('tells what failed, one by one, in the words of version 1', async () => {
    const { call, manage } = await library();
    await call('v1RegisterUser', { clientUserIdStr: 'u-1' });
    await manage({ associateClientUserIdStrs: ['u-1'] });

    const given = await manage({ associateClientUserIdStrs: ['u-1', 'nobody'] });
    const taken = await manage({ disassociateSerialNumbers: ['SER9'] });
    const book = await manage({ associateSerialNumbers: ['SER1'] }, BOOK);
    await manage({ associateClientUserIdStrs: ['u-1'] }, BOOK);
    const irrevocable = await manage({ disassociateClientUserIdStrs: ['u-1'] }, BOOK);

    expect(given.associations).toMatchObject([
      { clientUserIdStr: 'u-1', errorNumber: 9616, errorMessage: 'License already assigned' },
      { clientUserIdStr: 'nobody', errorNumber: 9609, errorMessage: 'Unable to find the registered user.' },
    ]);
    expect(given.associations[0]).toHaveProperty('licenseIdStr');
    expect(taken.disassociations).toMatchObject([{ serialNumber: 'SER9', errorNumber: 9619 }]);
    expect(book.associations).toMatchObject([{ serialNumber: 'SER1', errorNumber: 9628 }]);
    expect(irrevocable.disassociations).toMatchObject([{ errorNumber: 9607 }]);
  });

  test('all failed is partly failed, or failed where that is switched on', async () => {
    const { manage } = await library();
    const partly = await manage({ disassociateSerialNumbers: ['SER9'] });
    await apple.control('PATCH', '/settings', { unknowns: { v1AllFailed: -1 } });

    const failed = await manage({ disassociateSerialNumbers: ['SER9'] });
    await apple.control('PATCH', '/settings', { unknowns: { v1AllFailed: -3 } });

    expect([partly.status, failed.status]).toEqual([-3, -1]);
  });

  test('takes back by license id', async () => {
    const { token, manage } = await library();
    const { associations } = await manage({ associateSerialNumbers: ['SER1', 'SER2'] });

    const done = await manage({ disassociateLicenseIdStrs: [associations[1].licenseIdStr, '77'] });

    expect(done).toMatchObject({ status: -3, disassociations: [{}, { licenseIdStr: '77', errorNumber: 9610 }] });
    const { assignments } = (await apple.call('getAssignments', { token })).body;
    expect(assignments.map(({ serialNumber }: Json) => serialNumber)).toEqual(['SER1']);
  });

  test.each<[string, Json, number]>([
    ['nobody', {}, 9600],
    ['two lists at once', { associateSerialNumbers: ['A'], associateClientUserIdStrs: ['u-1'] }, 9602],
    ['eleven', { associateSerialNumbers: Array.from({ length: 11 }, (_, i) => `S${i}`) }, 9602],
    ['an app the location does not own', { adamIdStr: '999', associateSerialNumbers: ['A'] }, 9602],
    ['no app', { adamIdStr: null, associateSerialNumbers: ['A'] }, 9600],
  ])('%s is refused as a whole', async (_name, body, errorNumber) => {
    const { manage } = await library();

    expect(await manage(body)).toMatchObject({ status: -1, errorNumber });
  });

  test('subscribers of version 2 hear of it', async () => {
    const { uId, token, manage } = await library();
    const notifications = { notificationUrl: receiver.url, notificationAuthToken: 'hush' };
    await apple.call('setClientConfig', { token, body: { ...notifications, notificationTypes: ['ASSET_MANAGEMENT'] } });

    await manage({ associateSerialNumbers: ['SER1'] });
    await apple.control('POST', '/clock', { advanceMs: 1000 });

    expect(receiver.notifications(uId, 'ASSET_MANAGEMENT')).toMatchObject([
      { type: 'ASSOCIATE', result: 'SUCCESS', assignments: [{ adamId: APP, serialNumber: 'SER1' }] },
    ]);
    expect(receiver.of(uId).flatMap((one) => one.problems)).toEqual([]);
  });
});

describe('single licenses', () => {
  test('are listed whether used or not, in batches', async () => {
    const { call, manage } = await library();
    await manage({ associateSerialNumbers: ['SER1'] });

    const first = await call('v1GetLicenses', {});
    const second = await call('v1GetLicenses', { batchToken: first.batchToken });

    const all = [...first.licenses, ...second.licenses];
    expect(first).toMatchObject({ batchCount: 4, totalBatchCount: 1, totalCount: 7 });
    expect(all[0]).toMatchObject({ adamId: 900000001, adamIdStr: APP, serialNumber: 'SER1', status: 'Associated' });
    expect(all.filter(({ status }) => status === 'Available')).toHaveLength(6);
    expect(new Set(all.map(({ licenseIdStr }) => licenseIdStr)).size).toBe(7);
    expect(second).toHaveProperty('sinceModifiedToken');
  });

  test.each<[Json, number]>([
    [{ assignedOnly: true }, 2],
    [{ userAssignedOnly: true }, 1],
    [{ deviceAssignedOnly: true }, 1],
    [{ serialNumber: 'SER1' }, 1],
    [{ adamId: 900000901 }, 2],
    [{ adamId: 900000001, pricingParam: 'PLUS' }, 0],
    [{ pricingParam: 'PLUS' }, 7],
  ])('%j counts %d', async (filter, count) => {
    const { call, manage } = await library();
    await call('v1RegisterUser', { clientUserIdStr: 'u-1' });
    await manage({ associateSerialNumbers: ['SER1'] });
    await manage({ associateClientUserIdStrs: ['u-1'] });

    expect((await call('v1GetLicenses', filter)).totalCount).toBe(count);
  });

  test('keep their ids while rows move, and are used again', async () => {
    const { uId, call, manage } = await library();
    await manage({ associateSerialNumbers: ['A', 'B', 'C'] });
    const idsOf = async () => {
      const { licenses } = await call('v1GetLicenses', { assignedOnly: true });
      return Object.fromEntries(licenses.map((one: Json) => [one.serialNumber, one.licenseIdStr]));
    };
    const before = await idsOf();

    await manage({ disassociateSerialNumbers: ['A'] });
    await manage({ associateSerialNumbers: ['D'] });

    expect(await idsOf()).toEqual({ B: before.B, C: before.C, D: before.A });
    expect((await apple.control('GET', `/state/${uId}`)).assets[0].assignedCount).toBe(3);
  });

  test('since a token are those that were given and taken back, of version 2 too', async () => {
    const { token, call, manage } = await library();
    await manage({ associateSerialNumbers: ['A', 'B'] });
    const { sinceModifiedToken } = await call('v1GetLicenses', { assignedOnly: true });
    const assets = [{ adamId: APP }];
    await apple.settle('disassociateAssets', { token, body: { assets, serialNumbers: ['B'] } });

    const changed = await call('v1GetLicenses', { sinceModifiedToken });
    const nothing = await call('v1GetLicenses', { sinceModifiedToken: changed.sinceModifiedToken });

    expect(changed.licenses).toMatchObject([{ adamIdStr: APP, status: 'Available' }]);
    expect(nothing.licenses).toEqual([]);
  });

  test('of an unlimited asset are only those in use', async () => {
    const { uId, token, call, manage } = await library();
    await apple.control('POST', `/locations/${uId}/purchases`, { adamId: '900000002', unlimited: true });
    await manage({ associateSerialNumbers: ['SER1'] }, '900000002');

    const { licenses } = await call('v1GetLicenses', { adamId: 900000002 });

    expect(licenses).toMatchObject([{ serialNumber: 'SER1', status: 'Associated' }]);
    expect((await apple.call('getAssignments', { token })).body.size).toBe(1);
  });
});
