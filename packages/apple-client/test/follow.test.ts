import { describe, expect, test } from 'vitest';
import type { EventStatus } from '../src/events/event-status.ts';
import { followEvent } from '../src/events/follow.ts';
import { AppleNoAnswer, AppleRefusal, createInbox, readNotification } from '../src/index.ts';
import { failure } from './builders.ts';
import { VirtualClock } from './virtual-clock.ts';

const TRAILER = { uId: '1', tokenExpirationDate: null, mdmInfo: null };
const PENDING: EventStatus = {
  ...TRAILER,
  eventStatus: 'PENDING',
  eventType: 'ASSOCIATE',
  numRequested: 2,
  numCompleted: 1,
  failures: [],
};
const COMPLETE: EventStatus = { ...PENDING, eventStatus: 'COMPLETE', numCompleted: 2 };
const FAILURE = {
  errorNumber: 9709,
  errorMessage: 'Not enough licenses',
  errorInfo: { assets: [], clientUserIds: [], serialNumbers: ['S2'] },
};

/** Apple's answers to status calls, in order, with the last one repeated, and the times of the calls. */
function statusCalls(clock: VirtualClock, ...answers: (EventStatus | Error)[]) {
  const askedAt: number[] = [];
  const eventStatus = async () => {
    const next = answers[Math.min(askedAt.length, answers.length - 1)];
    askedAt.push(clock.now());
    if (next instanceof Error) throw next;
    if (!next) throw new Error('no answer planned');
    return next;
  };
  return { askedAt, eventStatus };
}

function notification(notificationId: string, serialNumbers: string[], result = 'SUCCESS') {
  const read = readNotification(
    JSON.stringify({
      notificationId,
      notificationType: 'ASSET_MANAGEMENT',
      uId: '1',
      notification: {
        eventId: 'e',
        result,
        type: 'ASSOCIATE',
        assignments: serialNumbers.map((serialNumber) => ({ adamId: '1', pricingParam: 'STDQ', serialNumber })),
        ...(result === 'FAILURE' ? { error: { errorNumber: 9709, errorMessage: 'Not enough licenses' } } : {}),
      },
    }),
  );
  if (!read) throw new Error('no notification');
  return read;
}

describe('with status alone', () => {
  test('it requests the status every 30 seconds until the change has ended', async () => {
    const clock = new VirtualClock();
    const { askedAt, eventStatus } = statusCalls(clock, PENDING, PENDING, COMPLETE);
    const progress: unknown[] = [];

    const end = await clock.run(
      followEvent('e', eventStatus, clock, { onProgress: ({ status }) => progress.push(status?.numCompleted) }),
    );

    expect(end).toMatchObject({ state: 'complete', status: COMPLETE });
    expect(askedAt).toEqual([30_000, 60_000, 90_000]);
    expect(progress).toEqual([1, 1, 2]);
  });

  test('one failed task makes the change failed', async () => {
    const clock = new VirtualClock();
    const failed: EventStatus = { ...PENDING, eventStatus: 'FAILED', failures: [FAILURE] };

    const end = await clock.run(followEvent('e', statusCalls(clock, failed).eventStatus, clock, {}));

    expect(end).toMatchObject({ state: 'failed', failures: [FAILURE] });
  });

  test('a complete event with missing tasks is not complete', async () => {
    const clock = new VirtualClock();
    const odd: EventStatus = { ...PENDING, eventStatus: 'COMPLETE', numCompleted: 1 };

    expect(await clock.run(followEvent('e', statusCalls(clock, odd).eventStatus, clock, {}))).toMatchObject({
      state: 'failed',
    });
  });

  test('an unknown state ends the wait as not complete', async () => {
    const clock = new VirtualClock();
    const odd: EventStatus = { ...PENDING, eventStatus: 'PARTIAL' };

    expect(await clock.run(followEvent('e', statusCalls(clock, odd).eventStatus, clock, {}))).toMatchObject({
      state: 'failed',
    });
  });

  test('a change is stuck after ten minutes', async () => {
    const clock = new VirtualClock();

    const end = await clock.run(followEvent('e', statusCalls(clock, PENDING).eventStatus, clock, {}));

    expect(end).toMatchObject({ state: 'stuck', status: PENDING });
    expect(clock.now()).toBe(600_000);
  });

  test('a temporary outage at Apple does not stop it', async () => {
    const clock = new VirtualClock();
    const facts = { doing: 'x', mayHaveArrived: false, retryAfterMs: null };
    const away = new AppleNoAnswer({ ...facts, reason: 'timeout', detail: null });

    const end = await clock.run(followEvent('e', statusCalls(clock, away, COMPLETE).eventStatus, clock, {}));

    expect(end.state).toBe('complete');
  });

  test('an event that Apple does not know ends it with the refusal', async () => {
    const clock = new VirtualClock();
    const unknown = new AppleRefusal({
      doing: 'retrieving event status',
      mayHaveArrived: false,
      retryAfterMs: null,
      httpStatus: 400,
      errorNumber: 9708,
      errorMessage: '',
      errorInfo: { assets: [], clientUserIds: [], serialNumbers: [] },
    });

    const error = await clock.run(failure(followEvent('e', statusCalls(clock, unknown).eventStatus, clock, {})));

    expect(error).toBe(unknown);
  });

  test('it can be aborted', async () => {
    const clock = new VirtualClock();
    const stop = new AbortController();
    const following = failure(
      followEvent('e', statusCalls(clock, PENDING).eventStatus, clock, { signal: stop.signal }),
    );
    stop.abort();

    expect(await clock.run(following)).toMatchObject({ kind: 'no-answer', reason: 'aborted' });
  });
});

describe('with notifications', () => {
  test('no status is requested once notifications have covered all tasks', async () => {
    const clock = new VirtualClock();
    const { askedAt, eventStatus } = statusCalls(clock, PENDING);
    const inbox = createInbox();
    const following = followEvent('e', eventStatus, clock, { inbox, expected: 3 });

    void clock.sleep(1_000).then(() => inbox.deliver(notification('n-1', ['S1', 'S2'])));
    void clock.sleep(2_000).then(() => inbox.deliver(notification('n-1', ['S1', 'S2'])));
    void clock.sleep(3_000).then(() => inbox.deliver(notification('n-2', ['S3'])));
    const end = await clock.run(following);

    expect(end).toMatchObject({ state: 'complete', told: [{ tasks: 2 }, { tasks: 1 }] });
    expect(askedAt).toEqual([]);
    expect(clock.now()).toBe(3_000);
  });

  test('notifications that arrived before the listener count', async () => {
    const clock = new VirtualClock();
    const inbox = createInbox();
    inbox.deliver(notification('n-1', ['S1']));

    const end = await clock.run(
      followEvent('e', statusCalls(clock, PENDING).eventStatus, clock, { inbox, expected: 1 }),
    );

    expect(end.state).toBe('complete');
  });

  test('a reported failure makes the change failed', async () => {
    const clock = new VirtualClock();
    const inbox = createInbox();
    inbox.deliver(notification('n-1', ['S1']));
    inbox.deliver(notification('n-2', ['S2'], 'FAILURE'));

    const end = await clock.run(
      followEvent('e', statusCalls(clock, PENDING).eventStatus, clock, { inbox, expected: 2 }),
    );

    expect(end).toMatchObject({ state: 'failed', failures: [{ errorNumber: 9709 }] });
  });

  test('five minutes without a notification lead to a status call', async () => {
    const clock = new VirtualClock();
    const { askedAt, eventStatus } = statusCalls(clock, PENDING, COMPLETE);
    const inbox = createInbox();
    const following = followEvent('e', eventStatus, clock, { inbox, expected: 2 });

    void clock.sleep(60_000).then(() => inbox.deliver(notification('n-1', ['S1'])));
    const end = await clock.run(following);

    expect(end.state).toBe('complete');
    expect(askedAt).toEqual([360_000, 390_000]);
  });
});

describe('an inbox', () => {
  test('recognizes a repeat, and forgets the oldest entry when it is full', () => {
    const inbox = createInbox({ rememberedIds: 2 });

    const taken = ['a', 'a', 'b', 'c', 'a'].map((id) => inbox.deliver(notification(id, ['S1'])));

    expect(taken).toEqual([true, false, true, true, true]);
  });

  test('stops calling a listener that has unsubscribed', () => {
    const inbox = createInbox();
    const told: string[] = [];
    const stop = inbox.listen('e', ({ notificationId }) => told.push(notificationId ?? ''));

    inbox.deliver(notification('a', ['S1']));
    stop();
    inbox.deliver(notification('b', ['S1']));

    expect(told).toEqual(['a']);
  });
});
