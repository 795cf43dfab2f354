import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { clockReads } from './clock-reads.ts';
import { ROOT, sourceFiles } from './source.ts';

const CORE = join(ROOT, 'packages', 'core');
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('core has no access to the outside', () => {
  test('it depends on no library', () => {
    const manifest = JSON.parse(readFileSync(join(CORE, 'package.json'), 'utf8'));

    const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
    expect(fields.flatMap((field) => Object.keys(manifest[field] ?? {}))).toEqual([]);
  });

  test("it compiles without the platform's types", () => {
    const { status, stdout } = compile(`export const two: number = 1 + 1;`, [join(CORE, 'src')]);

    expect([status, stdout]).toEqual([0, '']);
  });

  test.each([
    'fetch("x")',
    'process.env',
    'setTimeout(a, 1)',
    'console.log(1)',
    'Buffer.from("a")',
    'new URL("x")',
    'crypto',
  ])('%s does not compile there', (expression) => {
    const { status, stdout } = compile(
      `export const a: unknown = undefined;\nexport const b: unknown = ${expression};`,
    );

    expect(status).not.toBe(0);
    expect(stdout).toMatch(/example\.ts\(2,\d+\): error TS(2304|2580|2584|2591)/);
  });

  test('a module of Node does not compile either', () => {
    const { stdout } = compile(`import { readFileSync } from 'node:fs';\nexport const a = readFileSync;`);

    expect(stdout).toMatch(/example\.ts\(1,\d+\): error TS(2307|2591)/);
  });
});

describe('core never reads the time itself', () => {
  test('the clock is an argument', () => {
    expect(sourceFiles('packages/core/src', /\.ts$/).flatMap(clockReads)).toEqual([]);
  });

  test.each(['new Date()', 'Date.now()', 'Date()', 'Math.random()'])('the check sees %s', (expression) => {
    expect(clockReads({ path: 'a.ts', text: `const a = ${expression};` })).toEqual(['a.ts:1']);
  });

  test('the check allows instants made from other values', () => {
    expect(clockReads({ path: 'a.ts', text: 'new Date(text); new Date(1); Math.floor(2);' })).toEqual([]);
  });
});

/** Compiles an example, and any further files, with core's own settings. */
function compile(text: string, include: string[] = []): { status: number | null; stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'winesap-core-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'example.ts'), text);
  const config = { extends: join(CORE, 'tsconfig.json'), include: ['example.ts', ...include] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { status, stdout } = spawnSync(process.execPath, [TSC, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  return { status, stdout };
}
