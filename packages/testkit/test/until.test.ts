import { expect, test } from 'vitest';
import { until } from '../src/until.ts';

test('the wanted answer ends the wait', async () => {
  let asked = 0;

  const seen = await until(
    'the third answer',
    () => ++asked,
    (number) => number === 3,
    { everyMs: 1 },
  );

  expect(seen).toBe(3);
});

test('a timeout names what was awaited and the last answer', async () => {
  await expect(
    until(
      'a ripe apple',
      () => ({ apple: 'green' }),
      ({ apple }) => apple === 'red',
      { withinMs: 5, everyMs: 1 },
    ),
  ).rejects.toThrow('Not within 5 ms: a ripe apple. Seen last: {"apple":"green"}');
});
