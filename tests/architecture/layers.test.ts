import { describe, expect, test } from 'vitest';
import { layerReport, unusedPermissions } from './layer-imports.ts';
import { CORE_LAYERS, type LayerTable, SERVER_LAYERS } from './layers.ts';
import { sourceFiles } from './source.ts';

const HOUSES = [
  { root: 'packages/server/src', table: SERVER_LAYERS },
  { root: 'packages/core/src', table: CORE_LAYERS },
];

describe.each(HOUSES)('inside $root', ({ root, table }) => {
  const report = layerReport(sourceFiles(root, /\.ts$/), root, table);

  test('parts import only what the table allows', () => {
    expect(report.violations).toEqual([]);
  });

  test('the table allows nothing unused', () => {
    expect(unusedPermissions(table, report)).toEqual([]);
  });
});

describe('the check sees', () => {
  const see = (path: string, text: string, table: LayerTable = SERVER_LAYERS) =>
    layerReport([{ path: `src/${path}`, text }], 'src', table).violations;

  test.each([
    ['an adapter that imports another', 'apple/map.ts', `import { createStore } from '../store/create-store.ts';`],
    [
      'a route that writes rows itself',
      'http/tokens/tokens.ts',
      `import { createTokens } from '../../store/tokens/tokens.ts';`,
    ],
    ['a job that answers requests', 'jobs/run-scan.ts', `import { Refusal } from '../http/refusal.ts';`],
    ['SQL outside of the store', 'http/mount.ts', `import { sql } from 'kysely';`],
    [
      'a second place that knows Apple’s client',
      'jobs/check.ts',
      `import { createAppleClient } from '@winesap/apple-client';`,
    ],
    ['a value where only types are allowed', 'store/tokens/reads/tokens.ts', `import { routes } from '@winesap/api';`],
    ['a part nobody has thought of', 'mail/send.ts', ''],
  ])('%s', (_, path, text) => {
    expect(see(path, text)).toHaveLength(1);
  });

  test('a domain rule that imports a port', () => {
    expect(see('domain/plan.ts', `import type { Store } from '../ports/store.ts';`, CORE_LAYERS)).toHaveLength(1);
  });

  test('a library in core', () => {
    expect(see('domain/plan.ts', `import { z } from 'zod';`, CORE_LAYERS)).toHaveLength(1);
  });

  test('an unused permission', () => {
    const table = { 'a.ts': { imports: { b: 'once upon a time' } } };

    expect(unusedPermissions(table, layerReport([], 'src', table))).toEqual(['a.ts → b']);
  });
});
