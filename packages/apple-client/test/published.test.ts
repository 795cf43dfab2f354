import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerJson, scriptedServer } from './scripted-server.ts';

const run = promisify(execFile);
const build = fileURLToPath(new URL('../scripts/build.ts', import.meta.url));
const tsc = fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url));

describe('the published package', () => {
  /** Another project with the package installed. */
  let project: string;
  let installed: string;

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), 'published-'));
    installed = join(project, 'node_modules/@winesap/apple-client');
    mkdirSync(installed, { recursive: true });
    await run(process.execPath, [build, installed]);
    writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  test('works as plain JavaScript modules', async () => {
    const server = await scriptedServer(answerJson(200, { uId: '2049025000431439', locationName: 'PS01' }));
    writeFileSync(
      join(project, 'try.js'),
      `import { createAppleClient } from '@winesap/apple-client';
       const apple = createAppleClient({ contentToken: 'dG9rZW4=', baseUrl: process.argv[2] });
       console.log((await apple.clientConfig()).locationName);`,
    );

    const { stdout } = await run(process.execPath, [join(project, 'try.js'), server.url]);

    expect(stdout).toBe('PS01\n');
  });

  test('leaves nothing behind that keeps a program running', async () => {
    const server = await scriptedServer(answerJson(401, { errorNumber: 9625, errorMessage: 'revoked' }));
    writeFileSync(
      join(project, 'fail.js'),
      `import { createAppleClient } from '@winesap/apple-client';
       const apple = createAppleClient({ contentToken: 'dG9rZW4=', baseUrl: process.argv[2] });
       await apple.assignments().catch((error) => console.log(error.message));`,
    );

    const { stdout } = await run(process.execPath, [join(project, 'fail.js'), server.url], { timeout: 10_000 });

    expect(stdout).toBe('401 - error while retrieving token assignments || 9625 - revoked\n');
  });

  test('has types that work in a strict project without those of Node', async () => {
    writeFileSync(
      join(project, 'use.ts'),
      `import { createAppleClient, type Asset, AppleRefusal } from '@winesap/apple-client';
       const apple = createAppleClient({ contentToken: 'x' });
       const rows: readonly Asset[] = (await apple.assets()).rows;
       export const ids: string[] = rows.map((row) => row.adamId);
       // @ts-expect-error an ID is text
       export const wrong: number[] = rows.map((row) => row.adamId);
       export const isOurs = (error: unknown) => error instanceof AppleRefusal && error.tokenProblem === 'revoked';`,
    );
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          types: [],
          target: 'es2022',
          lib: ['es2022', 'dom', 'dom.iterable'],
          module: 'nodenext',
        },
        files: ['use.ts'],
      }),
    );

    expect(await run(tsc, ['-p', project])).toMatchObject({ stdout: '' });
  });

  test('uses only what browsers, workers, Bun, and Deno also have', () => {
    const modules = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.js'),
    );
    const imported = modules.flatMap((name) =>
      [...readFileSync(join(installed, name), 'utf8').matchAll(/(?:from|import)\s*\(?'([^']+)'/g)].map(
        ([, from]) => from,
      ),
    );

    expect(modules.length).toBeGreaterThan(30);
    expect(imported.length).toBeGreaterThan(100);
    expect(imported.filter((from) => !from?.startsWith('.'))).toEqual([]);
    for (const name of modules)
      expect(readFileSync(join(installed, name), 'utf8')).not.toMatch(/\b(process|Buffer|require|__dirname)\b\s*[.(]/);
    expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
  });
});
