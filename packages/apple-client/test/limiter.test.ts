import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLimiter } from '../src/index.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A request: sent after a while, arrives at Apple at some point on its way, and is answered last. */
const request = fc.record({
  askedAt: fc.integer({ min: 0, max: 3_000 }),
  takes: fc.oneof(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 3_000 })),
  fails: fc.boolean(),
});

/** Returns the maximum number of moments within any window of that length. */
function mostWithin(moments: readonly number[], windowMs: number): number {
  const inOrder = moments.toSorted((a, b) => a - b);
  return Math.max(0, ...inOrder.map((from) => inOrder.filter((at) => at >= from && at < from + windowMs).length));
}

describe('a limiter', () => {
  test('never starts more than 15 in any window of one second, and never has more than 5 under way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 80, size: 'max' }), async (requests) => {
        const clock = new VirtualClock();
        const limiter = createLimiter(clock);
        const started: number[] = [];
        let underWay = 0;
        let mostUnderWay = 0;

        const all = requests.map(async ({ askedAt, takes, fails }) => {
          await clock.sleep(askedAt);
          await limiter
            .run(async () => {
              started.push(clock.now());
              underWay += 1;
              mostUnderWay = Math.max(mostUnderWay, underWay);
              await clock.sleep(takes);
              underWay -= 1;
              if (fails) throw new Error('broken');
            })
            .catch(() => undefined);
        });
        await clock.run(Promise.all(all));

        expect(started).toHaveLength(requests.length);
        expect(mostWithin(started, 1_000)).toBeLessThanOrEqual(15);
        expect(mostUnderWay).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });

  test("keeps Apple's view at 15 per second when the network delays the sending", async () => {
    // With a constant best case, arrival is as late as the answer: the whole delay is on the way there.
    const delay = fc.integer({ min: 20, max: 900 });
    const slowForALongTime = [
      [21, 20, 20, 41, 41, 20, 26, 26, 26, 26, 26, 26, 26, 26, 418, 26, 120, 397, 378, 453, 138, 587, 447, 81, 447],
      [366, 366, 695, 26, 529, 337, 317, 177, 98, ...Array<number>(16).fill(20)],
    ].flat();
    await fc.assert(
      fc.asyncProperty(fc.array(delay, { minLength: 20, maxLength: 60, size: 'max' }), async (delays) => {
        const clock = new VirtualClock();
        const limiter = createLimiter(clock);
        const arrived: number[] = [];

        await clock.run(
          (async () => {
            await limiter.run(() => clock.sleep(20));
            await Promise.all(
              delays.map((ms) =>
                limiter.run(async () => {
                  await clock.sleep(ms - 20);
                  arrived.push(clock.now());
                  await clock.sleep(20);
                }),
              ),
            );
          })(),
        );

        expect(mostWithin(arrived, 1_000)).toBeLessThanOrEqual(15);
      }),
      { numRuns: 60, examples: [[slowForALongTime]] },
    );
  });

  test('uses what it is allowed: 150 quick requests take slightly more than nine seconds', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter(clock);

    await clock.run(Promise.all(Array.from({ length: 150 }, () => limiter.run(() => clock.sleep(50)))));

    expect(clock.now()).toBeGreaterThanOrEqual(9_000);
    expect(clock.now()).toBeLessThan(9_600);
  });

  test('runs work in the order of the calls', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ ...clock, maxAtOnce: 1 });
    const served: number[] = [];

    await clock.run(
      Promise.all(
        Array.from({ length: 40 }, (_, turn) =>
          limiter.run(async () => {
            served.push(turn);
            await clock.sleep(10);
          }),
        ),
      ),
    );

    expect(served).toEqual(Array.from({ length: 40 }, (_, turn) => turn));
  });

  test('skips work that is aborted while waiting, and delays no other', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter({ ...clock, maxAtOnce: 1 });
    const stop = new AbortController();
    let begun = false;

    const first = limiter.run(() => clock.sleep(100));
    const second = limiter.run(async () => {
      begun = true;
    }, stop.signal);
    const third = limiter.run(async () => clock.now());
    stop.abort(new Error('enough'));

    await expect(second).rejects.toThrow('enough');
    await expect(clock.run(third)).resolves.toBe(100);
    await first;
    expect(begun).toBe(false);
  });

  test('does not start work that was aborted beforehand', async () => {
    const limiter = createLimiter();

    await expect(limiter.run(async () => 1, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  test('starts nothing during a pause, and the longest pause wins', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter(clock);

    limiter.pause(5_000);
    limiter.pause(1_000);

    expect(await clock.run(limiter.run(async () => clock.now()))).toBe(5_000);
  });

  test('applies a pause to work that already waits', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter(clock);
    const starts = Array.from({ length: 16 }, () => limiter.run(async () => clock.now()));

    limiter.pause(4_000);

    expect(Math.max(...(await clock.run(Promise.all(starts))))).toBeGreaterThanOrEqual(4_000);
  });

  test('adopts a lower rate from Apple, but never one above its own', async () => {
    const clock = new VirtualClock();
    const limiter = createLimiter(clock);
    const many = async () => {
      const started: number[] = [];
      await clock.run(
        Promise.all(
          Array.from({ length: 40 }, () =>
            limiter.run(async () => {
              started.push(clock.now());
            }),
          ),
        ),
      );
      return mostWithin(started, 1_000);
    };

    limiter.publishedRate(3);
    const slow = await many();
    limiter.publishedRate(500);
    const full = await many();

    expect(slow).toBe(3);
    expect(full).toBe(15);
  });

  test('refuses limits that would allow nothing', () => {
    expect(() => createLimiter({ maxPerSecond: 0 })).toThrow(RangeError);
    expect(() => createLimiter({ maxAtOnce: 0 })).toThrow(RangeError);
  });

  test('split into parts that shrink and grow stays within the limits of the whole', async () => {
    const sizes = fc.array(
      fc.record({ ofFirst: fc.integer({ min: 0, max: 5 }), afterMs: fc.integer({ min: 0, max: 900 }) }),
      {
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(sizes, fc.array(fc.integer({ min: 1, max: 1_500 }), { minLength: 60 }), async (steps, takes) => {
        const clock = new VirtualClock();
        const halves = [
          createLimiter({ ...clock, maxPerSecond: 9, maxAtOnce: 3 }),
          createLimiter({ ...clock, maxPerSecond: 6, maxAtOnce: 2 }),
        ];
        const started: number[] = [];
        let underWay = 0;
        let mostUnderWay = 0;
        let lanes = [3, 2];
        const resize = async (half: number, size: number) => {
          await halves[half]?.resize({ maxPerSecond: size * 3, maxAtOnce: size });
          lanes = lanes.with(half, size);
        };

        const moving = (async () => {
          for (const { ofFirst, afterMs } of [...steps, { ofFirst: 3, afterMs: 0 }]) {
            await clock.sleep(afterMs);
            const shrinks = ofFirst < (lanes[0] ?? 0) ? 0 : 1;
            const sizes = [ofFirst, 5 - ofFirst];
            await resize(shrinks, sizes[shrinks] ?? 0);
            await resize(1 - shrinks, sizes[1 - shrinks] ?? 0);
          }
        })();
        const all = takes.map((took, index) =>
          halves[index % 2]?.run(async () => {
            started.push(clock.now());
            underWay += 1;
            mostUnderWay = Math.max(mostUnderWay, underWay);
            await clock.sleep(took);
            underWay -= 1;
          }),
        );
        await clock.run(Promise.all([moving, ...all]));

        expect(started).toHaveLength(takes.length);
        expect(mostWithin(started, 1_000)).toBeLessThanOrEqual(15);
        expect(mostUnderWay).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
  });
});
