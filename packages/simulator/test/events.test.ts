import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start();
});
afterAll(() => apple.close());

const serials = (count: number, prefix = 'SER') =>
  Array.from({ length: count }, (_, i) => `${prefix}${String(i).padStart(4, '0')}`);

async function user(token: string, clientUserId: string, managedAppleId?: string) {
  return apple.settle('createUsers', {
    token,
    body: { users: [{ clientUserId, ...(managedAppleId === undefined ? {} : { managedAppleId }) }] },
  });
}

const assetCounts = async (token: string, adamId: string) => {
  const { assignedCount, availableCount, totalCount } = (await apple.call('getAssets', { token, query: { adamId } }))
    .body.assets[0];
  return [assignedCount, availableCount, totalCount];
};

describe('associating', () => {
  test('is accepted at once, goes on in steps, and ends with every asset at every holder', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 10);
    await apple.buy(uId, '900000002', 10);
    await user(token, 'u-1');
    const body = {
      assets: [{ adamId: '900000001' }, { adamId: '900000002', pricingParam: 'STDQ' }],
      clientUserIds: ['u-1'],
      serialNumbers: serials(3),
    };

    const { status, body: event } = await apple.call('associateAssets', { token, body });
    const states: string[] = [];
    for (let i = 0; i < 20; i++) {
      const { eventStatus, numCompleted, numRequested } = (
        await apple.call('eventStatus', { token, query: { eventId: event.eventId } })
      ).body;
      states.push(`${eventStatus} ${numCompleted}/${numRequested}`);
      await apple.control('POST', '/clock', { advanceMs: 100 });
    }

    expect(status).toBe(200);
    expect([...new Set(states)]).toEqual(['PENDING 0/8', 'PENDING 4/8', 'COMPLETE 8/8']);
    expect(await assetCounts(token, '900000001')).toEqual([4, 6, 10]);
    expect((await apple.call('getAssignments', { token })).body.assignments).toHaveLength(8);
  });

  test('more than there is fails for the rest, without a roll-back', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 3);

    const status = await apple.settle('associateAssets', {
      token,
      body: { assets: [{ adamId: '900000001' }], serialNumbers: serials(5) },
    });

    expect(status).toMatchObject({ eventStatus: 'FAILED', numRequested: 5, numCompleted: 3 });
    expect(status.failures).toMatchObject([
      { errorNumber: 9709, errorInfo: { serialNumbers: ['SER0003', 'SER0004'] } },
    ]);
    expect(await assetCounts(token, '900000001')).toEqual([3, 0, 3]);
  });

  test('ten clients at once want the last license: one gets it, nine are refused', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 1);

    const events = await Promise.all(
      serials(10).map((serial) =>
        apple.call('associateAssets', { token, body: { assets: [{ adamId: '900000001' }], serialNumbers: [serial] } }),
      ),
    );
    await apple.control('POST', '/clock', { advanceMs: 60_000 });
    const states = await Promise.all(
      events.map(({ body }) => apple.call('eventStatus', { token, query: { eventId: body.eventId } })),
    );

    expect(states.map(({ body }) => body.eventStatus).sort()).toEqual(['COMPLETE', ...Array(9).fill('FAILED')]);
    expect(await assetCounts(token, '900000001')).toEqual([1, 0, 1]);
  });

  test('again what is assigned already succeeds and takes no second license', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 3);
    const body = { assets: [{ adamId: '900000001' }], serialNumbers: serials(2) };

    await apple.settle('associateAssets', { token, body });
    const again = await apple.settle('associateAssets', { token, body });

    expect(again).toMatchObject({ eventStatus: 'COMPLETE', numCompleted: 2 });
    expect(await assetCounts(token, '900000001')).toEqual([2, 1, 3]);
  });

  test('a nonsense serial number is accepted', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 1);

    const status = await apple.settle('associateAssets', {
      token,
      body: { assets: [{ adamId: '900000001' }], serialNumbers: ['no such "device" ☂'] },
    });

    expect(status.eventStatus).toBe('COMPLETE');
    expect((await apple.call('getAssignments', { token })).body.assignments[0].serialNumber).toBe('no such "device" ☂');
  });

  test('an event waits until the one before it has ended', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 2000);
    const associate = async (serialNumbers: string[]) =>
      (await apple.call('associateAssets', { token, body: { assets: [{ adamId: '900000001' }], serialNumbers } })).body
        .eventId;
    const first = await associate(serials(1000, 'BIG'));
    const second = await associate(['SMALL']);
    const states: string[] = [];
    for (let i = 0; i < 30; i++) {
      await apple.control('POST', '/clock', { advanceMs: 100 });
      const status = async (eventId: string) =>
        (await apple.call('eventStatus', { token, query: { eventId } })).body.eventStatus;
      states.push(`${await status(first)} ${await status(second)}`);
    }

    expect([...new Set(states)]).toEqual(['PENDING PENDING', 'COMPLETE PENDING', 'COMPLETE COMPLETE']);
  });

  test('a disassociate and an associate sent right after it are done in this order', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 1);
    const assets = [{ adamId: '900000001' }];
    await apple.settle('associateAssets', { token, body: { assets, serialNumbers: ['OLD'] } });

    await apple.call('disassociateAssets', { token, body: { assets, serialNumbers: ['OLD'] } });
    const status = await apple.settle('associateAssets', { token, body: { assets, serialNumbers: ['NEW'] } });

    expect(status.eventStatus).toBe('COMPLETE');
    expect((await apple.call('getAssignments', { token })).body.assignments).toEqual([
      { adamId: '900000001', pricingParam: 'STDQ', serialNumber: 'NEW' },
    ]);
  });
});

describe('what is refused at once, with no event', () => {
  const assets = [{ adamId: '900000001' }];
  test.each<[string, Json, number]>([
    ['no assets', { serialNumbers: ['A'] }, 9718],
    ['nobody', { assets }, 9719],
    [
      '26 assets',
      { assets: Array.from({ length: 26 }, (_, i) => ({ adamId: String(i) })), serialNumbers: ['A'] },
      9700,
    ],
    ['1,001 users', { assets, clientUserIds: serials(1001) }, 9701],
    ['1,001 devices', { assets, serialNumbers: serials(1001) }, 9702],
    [
      'an asset twice',
      { assets: [...assets, { adamId: '900000001', pricingParam: 'STDQ' }], serialNumbers: ['A'] },
      9703,
    ],
    ['a user twice', { assets, clientUserIds: ['u', 'u'] }, 9704],
    ['a device twice', { assets, serialNumbers: ['A', 'A'] }, 9705],
    ['an adamId that is a number', { assets: [{ adamId: 900000001 }], serialNumbers: ['A'] }, 9602],
    ['serials that are no list', { assets, serialNumbers: 'A' }, 9602],
    ['an asset nobody owns', { assets: [{ adamId: '900000044' }], serialNumbers: ['A'] }, 9602],
    ['a book for a device', { assets: [{ adamId: '900000901' }], serialNumbers: ['A'] }, 9707],
    ['an unknown user', { assets, clientUserIds: ['nobody'] }, 9609],
  ])('%s', async (_name, body, errorNumber) => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 5);
    await apple.buy(uId, '900000901', 5);

    const answer = await apple.call('associateAssets', { token, body });

    expect([answer.status, answer.body.errorNumber]).toEqual([400, errorNumber]);
  });

  test('disassociating a book', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000901', 5);
    await user(token, 'u-1');

    const answer = await apple.call('disassociateAssets', {
      token,
      body: { assets: [{ adamId: '900000901' }], clientUserIds: ['u-1'] },
    });

    expect(answer.body.errorNumber).toBe(9706);
  });

  test('an event nobody knows, and one of another location', async () => {
    const { uId, token } = await apple.location();
    const other = await apple.location();
    await apple.buy(uId, '900000001', 5);
    const { eventId } = (await apple.call('associateAssets', { token, body: { assets, serialNumbers: ['A'] } })).body;

    expect((await apple.call('eventStatus', { token, query: { eventId: 'x' } })).body.errorNumber).toBe(9708);
    expect((await apple.call('eventStatus', { token: other.token, query: { eventId } })).body.errorNumber).toBe(9708);
    expect((await apple.call('eventStatus', { token })).body.errorNumber).toBe(9602);
  });
});

test('revoking takes back what is revocable and leaves books', async () => {
  const { uId, token } = await apple.location();
  await apple.buy(uId, '900000001', 5);
  await apple.buy(uId, '900000901', 5);
  await user(token, 'u-1');
  await apple.settle('associateAssets', {
    token,
    body: { assets: [{ adamId: '900000001' }, { adamId: '900000901' }], clientUserIds: ['u-1'] },
  });

  const status = await apple.settle('revokeAssets', { token, body: { clientUserIds: ['u-1'] } });

  expect(status).toMatchObject({ eventStatus: 'COMPLETE', eventType: 'REVOKE', numRequested: 1, numCompleted: 1 });
  expect((await apple.call('getAssignments', { token })).body.assignments).toMatchObject([
    { adamId: '900000901', clientUserId: 'u-1' },
  ]);
  expect((await apple.call('revokeAssets', { token, body: { serialNumbers: serials(101) } })).body.errorNumber).toBe(
    9702,
  );
});

describe('events when told so', () => {
  test('stay pending', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 5);
    await apple.control('POST', '/faults', { name: 'event-stuck', uId, times: 1 });
    const { eventId } = (
      await apple.call('associateAssets', { token, body: { assets: [{ adamId: '900000001' }], serialNumbers: ['A'] } })
    ).body;

    await apple.control('POST', '/clock', { advanceMs: 3_600_000 });

    expect((await apple.call('eventStatus', { token, query: { eventId } })).body).toMatchObject({
      eventStatus: 'PENDING',
      numCompleted: 0,
    });
    expect((await apple.control('GET', `/events/${eventId}`)).stuck).toBe(true);
  });

  test('fail for a share of their tasks, and the control surface knows which', async () => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 200);
    await apple.control('POST', '/faults', { name: 'event-fails', uId, times: 1, errorNumber: 9644, share: 0.5 });
    const { eventId } = (
      await apple.call('associateAssets', {
        token,
        body: { assets: [{ adamId: '900000001' }], serialNumbers: serials(200) },
      })
    ).body;
    await apple.control('POST', '/clock', { advanceMs: 60_000 });

    const status = (await apple.call('eventStatus', { token, query: { eventId } })).body;
    const { tasks } = await apple.control('GET', `/events/${eventId}`);

    expect(status.eventStatus).toBe('FAILED');
    expect(status.failures).toMatchObject([{ errorNumber: 9644 }]);
    expect(status.numCompleted).toBeGreaterThan(50);
    expect(status.numCompleted).toBeLessThan(150);
    expect(tasks.filter((task: Json) => task.outcome === 'done')).toHaveLength(status.numCompleted);
    expect(await assetCounts(token, '900000001')).toEqual([status.numCompleted, 200 - status.numCompleted, 200]);
  });

  test.each([
    [false, 0],
    [true, 20],
  ])('an event is complete and lists failures, the work done all the same: %s', async (done, held) => {
    const { uId, token } = await apple.location();
    await apple.buy(uId, '900000001', 20);
    await apple.control('POST', '/faults', { name: 'complete-with-failures', uId, times: 1, done });

    const { eventId } = (
      await apple.call('associateAssets', {
        token,
        body: { assets: [{ adamId: '900000001' }], serialNumbers: serials(20) },
      })
    ).body;
    await apple.control('POST', '/clock', { advanceMs: 60_000 });
    const status = (await apple.call('eventStatus', { token, query: { eventId } })).body;
    const { tasks } = await apple.control('GET', `/events/${eventId}`);

    expect(status).toMatchObject({ eventStatus: 'COMPLETE', failures: [{ errorNumber: 9603 }], numCompleted: 0 });
    expect(tasks.filter((task: Json) => task.outcome === 'done')).toHaveLength(held);
    expect(await assetCounts(token, '900000001')).toEqual([held, 20 - held, 20]);
  });
});
