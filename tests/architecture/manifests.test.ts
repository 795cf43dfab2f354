import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockfileProblems, manifestProblems, missingBinaries } from './manifests.ts';
import { ROOT } from './source.ts';

const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

describe('published packages work for others', () => {
  test.each(readdirSync(join(ROOT, 'packages')))('%s', (folder) => {
    expect(manifestProblems(readJson(`packages/${folder}/package.json`))).toEqual([]);
  });

  test('the check sees what is missing', () => {
    const problems = manifestProblems({ name: 'a', license: 'MIT', version: '1' });

    expect(problems).toEqual([
      'license is MIT, not Apache-2.0',
      'description is missing',
      'version 1 is no version',
      'type is not module',
    ]);
  });

  test('the license is complete', () => {
    const text = readFileSync(join(ROOT, 'LICENSE'), 'utf8');

    expect(text).toContain('Apache License');
    expect(text).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
    expect(text).toContain('END OF TERMS AND CONDITIONS');
  });
});

describe('the lockfile is independent of any registry', () => {
  test('it names no host, and locks every package by its hash', () => {
    expect(lockfileProblems(readJson('package-lock.json'))).toEqual([]);
  });

  test('it lists the binaries of every system, or `npm ci` would refuse it', () => {
    expect(missingBinaries(readJson('package-lock.json'))).toEqual([]);
  });

  test('the check sees a missing binary, wherever it would be looked up', () => {
    const optionalDependencies = { 'tool-darwin': '1.0.0' };

    expect(missingBinaries({ packages: { 'node_modules/tool': { optionalDependencies } } })).toEqual(['tool-darwin']);
    for (const place of ['node_modules/tool-darwin', 'node_modules/a/node_modules/tool-darwin'])
      expect(
        missingBinaries({ packages: { 'node_modules/a/node_modules/tool': { optionalDependencies }, [place]: {} } }),
      ).toEqual([]);
  });

  test('the check sees a host, and a package without a hash', () => {
    const problems = lockfileProblems({
      packages: {
        '': {},
        'packages/a': {},
        'node_modules/a': { link: true, resolved: 'packages/a' },
        'node_modules/b': { version: '1.0.0', resolved: 'https://registry.example/b.tgz', integrity: 'sha512-x' },
        'node_modules/c': { version: '1.0.0' },
      },
    });

    expect(problems).toEqual([
      'node_modules/b comes from https://registry.example/b.tgz',
      'node_modules/c has no hash',
    ]);
  });
});
