import { expect, test } from 'vitest';
import { type Hurry, Mutex } from '../src/store/engine/embedded/mutex.ts';

const LATE = () => new Error('late');

/** Every holder releases immediately; the result is the order. */
async function orderOf(mutex: Mutex, asked: readonly [string, Hurry][], let1Go: () => void): Promise<string[]> {
  const order: string[] = [];
  const turns = asked.map(async ([name, hurry]) => {
    const release = await mutex.acquire(5_000, LATE, hurry);
    order.push(name);
    release();
  });
  let1Go();
  await Promise.all(turns);
  return order;
}

test('screens go before patient work, each in order of arrival', async () => {
  const mutex = new Mutex();
  const release = await mutex.acquire(5_000, LATE);

  const order = await orderOf(
    mutex,
    [
      ['slice 1', 'patient'],
      ['screen 1', 'soon'],
      ['slice 2', 'patient'],
      ['screen 2', 'soon'],
    ],
    release,
  );

  expect(order).toEqual(['screen 1', 'screen 2', 'slice 1', 'slice 2']);
});

test('a screen that asks for several things in sequence is not interrupted', async () => {
  const mutex = new Mutex();
  const order: string[] = [];
  const first = await mutex.acquire(5_000, LATE);
  const slice = mutex.acquire(5_000, LATE, 'patient').then((release) => {
    order.push('slice');
    release();
  });

  first();
  for (const question of ['second', 'third']) {
    const release = await mutex.acquire(5_000, LATE);
    order.push(question);
    release();
  }
  await slice;

  expect(order).toEqual(['second', 'third', 'slice']);
});

test('work that has waited for a tenth of a second goes first, however many screens ask', async () => {
  let nowMs = 0;
  const mutex = new Mutex(() => nowMs);
  const release = await mutex.acquire(5_000, LATE);

  const order = await orderOf(
    mutex,
    [
      ['slice', 'patient'],
      ['screen', 'soon'],
    ],
    () => {
      nowMs = 100;
      release();
    },
  );

  expect(order).toEqual(['slice', 'screen']);
});

test('a caller without a turn in time gets an error, and delays no other', async () => {
  const mutex = new Mutex();
  const release = await mutex.acquire(5_000, LATE);

  await expect(mutex.acquire(1, LATE, 'patient')).rejects.toThrow('late');
  release();

  (await mutex.acquire(5_000, LATE, 'patient'))();
  (await mutex.acquire(5_000, LATE))();
});
