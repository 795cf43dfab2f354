import { describe, expect, test } from 'vitest';
import { MAX_LINES, nameProblem, notesLeft, tooLong } from './files.ts';
import { sourceFiles } from './source.ts';

const sources = sourceFiles('packages', /^packages\/[^/]+\/src\/.*\.(ts|tsx|css|sql)$/);
const ours = [
  ...sources,
  ...sourceFiles('packages', /\/test\/.*\.tsx?$/),
  ...sourceFiles('tests', /\.tsx?$/),
  ...sourceFiles('scripts', /\.(ts|sh)$/),
];

describe('files', () => {
  test(`of source end before line ${MAX_LINES}`, () => {
    expect(sources.filter(tooLong).map(({ path }) => path)).toEqual([]);
  });

  test('have names in kebab-case that describe their content', () => {
    expect(ours.flatMap(({ path }) => nameProblem(path) ?? [])).toEqual([]);
  });

  test('mark unfinished work only as NOTE and TODO', () => {
    expect(ours.flatMap(notesLeft)).toEqual([]);
  });
});

describe('the check sees', () => {
  test('a long file', () => {
    const lines = (n: number) => ({ path: 'a.ts', text: 'x;\n'.repeat(n) });

    expect([tooLong(lines(MAX_LINES)), tooLong(lines(MAX_LINES + 1))]).toEqual([false, true]);
  });

  test.each(['src/readToken.ts', 'src/utils.ts', 'src/token-helpers.ts', 'src/token-manager.ts', 'src/a/index.ts'])(
    'the name %s',
    (path) => {
      expect(nameProblem(`packages/core/${path}`)).not.toBeNull();
    },
  );

  test.each(['src/index.ts', 'src/token-file.ts', 'src/0001-auth.sql', 'src/asset.module.css', 'test/a.test.ts'])(
    'nothing wrong in the name %s',
    (path) => {
      expect(nameProblem(`packages/core/${path}`)).toBeNull();
    },
  );

  test('a note', () => {
    const words = ['FIX', 'ME'].join('');

    expect(notesLeft({ path: 'a.ts', text: `a;\n// ${words}: later` })).toEqual(['a.ts:2']);
    expect(notesLeft({ path: 'a.ts', text: '// TODO: when Apple says how\n// NOTE: so' })).toEqual([]);
  });
});
