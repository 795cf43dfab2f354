import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFiles } from './source.ts';

/** Spelled-out keys: what reads under one and what invalidates it can drift apart unnoticed. */
const LITERAL_KEY = /\bqueryKey\s*[:=]\s*\[/;
/** A rule about roles in a screen is not updated when the route's own rule changes. */
const ROLE_RULE = /\brole\b\s*[!=]==?\s*['"]|['"]\s*[!=]==?\s*[\w.]*\brole\b/;

function linesLike(pattern: RegExp, file: SourceFile): string[] {
  return file.text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}`] : []));
}

const screens = sourceFiles('packages/web/src', /\.tsx?$/).filter(({ path }) => !path.includes('/src/data/'));

test('only the data layer of the console spells out cache keys', () => {
  expect(screens.flatMap((file) => linesLike(LITERAL_KEY, file))).toEqual([]);
});

test('no screen decides by itself what a role may do', () => {
  expect(screens.flatMap((file) => linesLike(ROLE_RULE, file))).toEqual([]);
});

describe('the check sees', () => {
  test.each([
    ['a key of a query', LITERAL_KEY, "useQuery({ queryKey: ['tokens'], queryFn })"],
    ['a key as a constant', LITERAL_KEY, "const queryKey = ['tokens'];"],
    ['a role that is compared', ROLE_RULE, "if (me.role !== 'owner') return null;"],
    ['a role that is compared the other way around', ROLE_RULE, "const may = 'viewer' === me.role;"],
  ])('%s', (_, pattern, text) => {
    expect(linesLike(pattern, { path: 'a.ts', text })).toEqual(['a.ts:1']);
  });

  test.each([
    ['a key that is made from a route', LITERAL_KEY, 'const { queryKey } = query(routes.getMe);'],
    ['a role that is shown', ROLE_RULE, '<p>{me.role}</p>'],
  ])('nothing in %s', (_, pattern, text) => {
    expect(linesLike(pattern, { path: 'a.ts', text })).toEqual([]);
  });
});
