import { routes } from '@winesap/api';
import { ERROR_CODES } from '@winesap/core';
import { describe, expect, test } from 'vitest';
import { EDGE_CODES } from '../../packages/server/src/http/refusals/edge-words.ts';
import { type SourceFile, sourceFiles } from './source.ts';

const known: readonly string[] = [...ERROR_CODES, ...EDGE_CODES];

describe('codes of refusals', () => {
  test('are promised by routes only if they exist', () => {
    expect(promisesWithoutCode(routes, known)).toEqual([]);
  });

  test('are each used somewhere, besides having a text', () => {
    const said = [...sourceFiles('packages/core/src', /\.ts$/), ...sourceFiles('packages/server/src', /\.ts$/)].filter(
      ({ path }) => !/(core\/src\/errors|http\/\w+\/(file-)?refusals|http\/refusals\/[\w-]+)\.ts$/.test(path),
    );

    expect(codesNobodySays(known, said)).toEqual([]);
  });
});

test('the check sees a promise without a code, and an unused code', () => {
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
