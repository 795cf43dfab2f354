import { expect, test, vi } from 'vitest';
import { Clock } from '../src/time/clock.ts';
import { AppleSide } from './apple-side.ts';

test('a virtual clock stands until it is told, and runs what is due in order, each at its instant', async () => {
  const clock = new Clock('virtual', 1000);
  const ran: string[] = [];
  clock.at(3000, () => ran.push(`late ${clock.now()}`));
  clock.at(2000, () => {
    ran.push(`first ${clock.now()}`);
    clock.at(clock.now() + 500, () => ran.push(`then ${clock.now()}`));
  });
  clock.at(2000, () => ran.push(`second ${clock.now()}`));
  clock.at(9000, () => ran.push('too far'));

  await clock.advance(4000);

  expect(ran).toEqual(['first 2000', 'second 2000', 'then 2500', 'late 3000']);
  expect(clock.now()).toBe(5000);
});

test('what is cancelled does not run, and going back runs nothing', async () => {
  const clock = new Clock('virtual', 1000);
  const run = vi.fn();
  clock.at(2000, run)();

  await clock.set(5000);
  clock.at(6000, run);
  await clock.set(100);
  expect(clock.now()).toBe(100);
  expect(run).not.toHaveBeenCalled();

  await clock.set(6000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('a move waits for what runs on the way, so that nothing is overrun', async () => {
  const clock = new Clock('virtual', 0);
  const seen: number[] = [];
  clock.at(10, () =>
    clock.track(
      new Promise<void>((done) => setImmediate(done)).then(() =>
        clock.at(clock.now() + 5, () => seen.push(clock.now())),
      ),
    ),
  );

  await clock.advance(100);

  expect(seen).toEqual([15]);
});

test('two moves at once add up', async () => {
  const clock = new Clock('virtual', 0);

  await Promise.all([clock.advance(100), clock.advance(50)]);

  expect(clock.now()).toBe(150);
});

test('a real clock runs events by itself, and can be moved as well', async () => {
  const apple = await AppleSide.start({ clock: 'real', now: Date.parse('2026-11-01T08:00:00Z') });
  await apple.control('PATCH', '/settings', { eventDelayMs: 20, eventStepMs: 5 });
  const { uId, token } = await apple.location();
  await apple.buy(uId, '900000001', 5);
  const body = { assets: [{ adamId: '900000001' }], serialNumbers: ['A', 'B', 'C'] };

  const { eventId } = (await apple.call('associateAssets', { token, body })).body;
  await vi.waitFor(async () => {
    const { body: status } = await apple.call('eventStatus', { token, query: { eventId } });
    expect(status.eventStatus).toBe('COMPLETE');
  });
  const { now } = await apple.control('POST', '/clock', { advanceMs: 400 * 86_400_000 });
  const expired = await apple.call('getAssets', { token });
  await apple.close();

  expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse('2026-11-01T08:00:00Z') + 400 * 86_400_000);
  expect(expired.body.errorNumber).toBe(9621);
});
