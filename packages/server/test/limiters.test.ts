import { expect, test } from 'vitest';
import { Limiters } from '../src/apple/limiters.ts';

test('inspecting a file, adding it, and scanning its location share one limit', () => {
  const limiters = new Limiters();

  const looking = limiters.of(null, 'file');
  limiters.learn('file', '2049');
  const adding = limiters.of(null, 'file');
  const scanning = limiters.of('2049', 'file');

  expect(adding).toBe(looking);
  expect(scanning).toBe(looking);
});

test('a new file of a known location joins its limit', () => {
  const limiters = new Limiters();
  const reading = limiters.of('2049', 'old file');

  limiters.of(null, 'fresh file');
  limiters.learn('fresh file', '2049');

  expect(limiters.of(null, 'fresh file')).toBe(reading);
  expect(limiters.of('2049', 'fresh file')).toBe(reading);
});

test('locations do not slow each other down', () => {
  const limiters = new Limiters();

  expect(limiters.of('2049', 'a file')).not.toBe(limiters.of('2050', 'another'));
});

test('files that never became tokens are dropped after a thousand others', () => {
  const limiters = new Limiters();
  const first = limiters.of(null, 'first');

  for (let count = 0; count < 1000; count++) limiters.of(null, `file ${count}`);

  expect(limiters.of(null, 'first')).not.toBe(first);
});
