import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source.ts';

/** Keys that are spelled out: what reads under one and what reads it again can drift apart without anyone noticing. */
function literalKeys(file: SourceFile): string[] {
  return file.text
    .split('\n')
    .flatMap((line, index) => (/\bqueryKey\s*[:=]\s*\[/.test(line) ? [`${file.path}:${index + 1}`] : []));
}

test('only the data of the console spells out keys of its cache', () => {
  const screens = sourceFiles('packages/web/src', /\.tsx?$/).filter(({ path }) => !path.includes('/src/data/'));

  expect(screens.flatMap(literalKeys)).toEqual([]);
});

describe('the check sees', () => {
  test.each([
    ['a key of a query', "useQuery({ queryKey: ['tokens'], queryFn })"],
    ['a key to invalidate', "client.invalidateQueries({ queryKey: ['tokens'] })"],
    ['a key as a constant', "const queryKey = ['tokens'];"],
  ])('%s', (_, text) => {
    expect(literalKeys({ path: 'a.ts', text })).toEqual(['a.ts:1']);
  });

  test('no key that is made from a route', () => {
    expect(literalKeys({ path: 'a.ts', text: 'const { queryKey } = query(routes.getMe);' })).toEqual([]);
  });
});
