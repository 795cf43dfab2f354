import { routes } from '@winesap/api';
import { ERROR_CODES } from '@winesap/core';
import { describe, expect, test } from 'vitest';
import { EDGE_CODES } from '../../packages/server/src/http/refusals/edge-words.ts';
import { type SourceFile, sourceFiles } from './source.ts';

const known: readonly string[] = [...ERROR_CODES, ...EDGE_CODES];

describe('codes of refusals', () => {
  test('a route promises only those that exist', () => {
    expect(promisesWithoutCode(routes, known)).toEqual([]);
  });

  test('each is said somewhere, besides having words', () => {
    const said = [...sourceFiles('packages/core/src', /\.ts$/), ...sourceFiles('packages/server/src', /\.ts$/)].filter(
      ({ path }) => !/(core\/src\/errors|http\/\w+\/(file-)?refusals|http\/refusals\/[\w-]+)\.ts$/.test(path),
    );

    expect(codesNobodySays(known, said)).toEqual([]);
  });
});

test('the check sees a promise without code, and a code nobody says', () => {
  const file = { path: 'a.ts', text: `throw new AppError('a.said');` };

  expect(promisesWithoutCode({ go: { refusals: ['a.said', 'a.gone'] } }, ['a.said'])).toEqual(['go: a.gone']);
  expect(codesNobodySays(['a.said', 'a.silent'], [file])).toEqual(['a.silent']);
});

function promisesWithoutCode(table: Record<string, { refusals: readonly string[] }>, codes: readonly string[]) {
  return Object.entries(table).flatMap(([id, { refusals }]) =>
    refusals.filter((code) => !codes.includes(code)).map((code) => `${id}: ${code}`),
  );
}

function codesNobodySays(codes: readonly string[], files: readonly SourceFile[]): string[] {
  return codes.filter((code) => !files.some(({ text }) => text.includes(`'${code}'`)));
}
