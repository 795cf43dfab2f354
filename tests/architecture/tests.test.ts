import { describe, expect, test } from 'vitest';
import { testsLeftOut, testsWithoutClaim } from './left-out.ts';
import { sourceFiles } from './source.ts';

const files = [...sourceFiles('packages', /\/test\/.*\.test\.tsx?$/), ...sourceFiles('tests', /\.test\.tsx?$/)];

describe('tests', () => {
  test('are never skipped, and never run alone', () => {
    expect(files.flatMap(testsLeftOut)).toEqual([]);
  });

  test('have an expectation in every file', () => {
    expect(files.filter(testsWithoutClaim).map(({ path }) => path)).toEqual([]);
  });
});

describe('the check sees', () => {
  const see = (text: string) => testsLeftOut({ path: 'a.ts', text });

  test.each([
    'test.skip("a", f)',
    'test.only("a", f)',
    'it.todo("a")',
    'describe.skip("a", f)',
    'test.skipIf(true)("a", f)',
    'test.runIf(false)("a", f)',
    'test.concurrent.only("a", f)',
    'test("a", { skip: true }, f)',
    'test("a", { only: true }, f)',
    'test("a", (context) => context.skip())',
    'test("a", ({ skip }) => skip())',
    'test("a", { fails: true }, f)',
    'test.fails("a", f)',
    'xit("a", f)',
    'xdescribe("a", f)',
  ])('%s', (text) => {
    expect(see(text)).toEqual(['a.ts:1']);
  });

  test('nothing wrong in a test that runs', () => {
    expect(see('test.each([1])("a skip", () => expect(list.only).toBe(1)); const skip = 1;')).toEqual([]);
  });

  test('tests without an expectation', () => {
    expect(testsWithoutClaim({ path: 'a.ts', text: 'test("a", () => { run(); });' })).toBe(true);
    expect(testsWithoutClaim({ path: 'a.ts', text: 'test("a", () => expect(1).toBe(1));' })).toBe(false);
  });
});
