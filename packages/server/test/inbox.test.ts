import { AppError } from '@winesap/core';
import { describe, expect, test } from 'vitest';
import { createDebounced } from '../src/inbox/debounced.ts';
import { createGroupCommit } from '../src/inbox/group-commit.ts';
import { createRate } from '../src/inbox/rate.ts';

describe('simultaneous items share a transaction', () => {
  const options = { gatherMs: 1, atMost: 100 };

  test('and each resolves when it is stored', async () => {
    const commits: (readonly number[])[] = [];
    const group = createGroupCommit<number>(async (items) => void commits.push(items), options);

    await Promise.all([1, 2, 3].map((item) => group.add(item)));

    expect(commits).toEqual([[1, 2, 3]]);
  });

  test('items that arrive during a commit gather for the next one', async () => {
    const commits: (readonly number[])[] = [];
    const first = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const group = createGroupCommit<number>(async (items) => {
      commits.push(items);
      begun.resolve();
      if (commits.length === 1) await first.promise;
    }, options);

    const stored = [group.add(1)];
    await begun.promise;
    stored.push(group.add(2), group.add(3));
    first.resolve();
    await Promise.all(stored);

    expect(commits).toEqual([[1], [2, 3]]);
  });

  test('an item that cannot be stored fails no other', async () => {
    const kept: number[] = [];
    const group = createGroupCommit<number>(async (items) => {
      if (items.includes(2)) throw new Error('not this one');
      kept.push(...items);
    }, options);

    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));

    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(kept).toEqual([1, 3]);
  });

  test('an unreachable database fails all of them, without single retries', async () => {
    let commits = 0;
    const group = createGroupCommit<number>(async () => {
      commits += 1;
      throw new AppError('database.away');
    }, options);

    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));

    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    expect(commits).toBe(1);
  });
});

describe('a rate', () => {
  test('lets a burst pass, then says how long to wait, and refills', () => {
    let nowMs = 0;
    const rate = createRate(10, 3, () => nowMs);

    const burst = [rate.take('a'), rate.take('a'), rate.take('a'), rate.take('a')];
    nowMs += 100;

    expect(burst).toEqual([0, 0, 0, 100]);
    expect([rate.take('a'), rate.take('a')]).toEqual([0, 100]);
  });

  test('counts each location separately', () => {
    const rate = createRate(1, 1, () => 0);

    expect([rate.take('a'), rate.take('a') > 0, rate.take('b')]).toEqual([0, true, 0]);
  });
});

test('repeated requests run once immediately, and then once together after they stop', async () => {
  const runs: number[] = [];
  const debounced = createDebounced(
    60_000,
    async (_key, times) => void runs.push(times),
    (error) => {
      throw error;
    },
  );

  for (let at = 0; at < 5; at++) debounced.want('a');
  await debounced.stop();

  expect(runs).toEqual([1, 4]);
});
