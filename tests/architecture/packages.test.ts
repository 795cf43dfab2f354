import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGES, type PackageRule } from './import-table.ts';
import { packageViolations } from './package-imports.ts';
import { ROOT, sourceFiles, sourceFilesIfAny } from './source.ts';

const CODE = /\.(ts|tsx|mts|js|mjs)$/;

describe('packages import only what the table allows', () => {
  test.each(PACKAGES)('$name', (rule) => {
    const files = [
      ...sourceFiles(`packages/${rule.folder}/src`, CODE),
      ...sourceFilesIfAny(`packages/${rule.folder}/test`, CODE),
    ];

    const violations = files.flatMap((file) => packageViolations(file, rule, PACKAGES));

    expect(violations).toEqual([]);
  });

  test('the table contains every package, by its own name', () => {
    const folders = readdirSync(join(ROOT, 'packages'));

    const there = folders.map((folder) => [
      folder,
      JSON.parse(readFileSync(join(ROOT, 'packages', folder, 'package.json'), 'utf8')).name,
    ]);

    expect(PACKAGES.map(({ folder, name }) => [folder, name]).sort()).toEqual(there.sort());
  });

  test('client and simulator do not import each other', () => {
    const allowed = (name: string) => {
      const { imports, importsOnDemand = [] } = ruleOf(name);
      return [...imports, ...importsOnDemand];
    };

    expect(allowed('@winesap/apple-client')).not.toContain('winesap-simulator');
    expect(allowed('winesap-simulator')).not.toContain('@winesap/apple-client');
    expect(ruleOf('winesap-simulator').testsImport).not.toContain('@winesap/apple-client');
  });
});

describe('the check sees', () => {
  const see = (name: string, text: string, path = 'src/file.ts') => {
    const rule = ruleOf(name);
    return packageViolations({ path: `packages/${rule.folder}/${path}`, text }, rule, PACKAGES);
  };

  test.each([
    ['an import', `import { x } from 'winesap-simulator';`],
    ['an import of a type', `import type { x } from 'winesap-simulator';`],
    ['an import for its effect', `import 'winesap-simulator';`],
    ['a re-export', `export * from 'winesap-simulator';`],
    ['a re-export by name', `export { x } from 'winesap-simulator';`],
    ['an import on demand', `await import('winesap-simulator');`],
    ['an import on demand that hides from the compiler', `await import('winesap-simulator' as string);`],
    ['a type imported in place', `type X = import('winesap-simulator').X;`],
    ['an entry below the package', `import { x } from 'winesap-simulator/world';`],
    ['require', `const x = require('winesap-simulator');`],
    ['a path out of the package', `import { x } from '../../simulator/src/index.ts';`],
    ['an import nobody can know before', `await import(name);`],
    ['the kit of the tests in shipped code', `import { x } from '@winesap/testkit/engines';`],
  ])('%s', (_, text) => {
    expect(see('@winesap/apple-client', text)).toHaveLength(1);
  });

  test('a static import where the table requires a dynamic one', () => {
    expect(see('winesap', `import { serve } from '@winesap/server';`)).toHaveLength(1);
    expect(see('winesap', `await import('@winesap/server');`)).toEqual([]);
    expect(see('winesap', `import type { Winesap } from '@winesap/server';`)).toEqual([]);
  });

  test('the client in the tests of the simulator', () => {
    const text = `import { createAppleClient } from '@winesap/apple-client';`;

    expect(see('winesap-simulator', text, 'test/world.test.ts')).toHaveLength(1);
  });

  test('nothing wrong in comments, strings and libraries', () => {
    const text = `// import 'winesap-simulator'\nconst a = "import 'winesap-simulator'";\nimport 'node:fs'; import 'zod';`;

    expect(see('@winesap/apple-client', text)).toEqual([]);
  });

  test("a file that can't be read, instead of skipping it", () => {
    expect(() => see('@winesap/core', 'import {')).toThrow('cannot be read');
  });
});

function ruleOf(name: string): PackageRule {
  const rule = PACKAGES.find((one) => one.name === name);
  if (rule === undefined) throw new Error(`The table has no ${name}.`);
  return rule;
}
