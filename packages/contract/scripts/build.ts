import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds what is published, into `dist` or the folder given: the data as JSON, and modules with declarations that give
 * it typed. `npm publish dist` publishes it.
 */
const home = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(home, 'dist'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const tsc = join(home, '../../node_modules/.bin/tsc');
execFileSync(tsc, ['-p', join(home, 'tsconfig.build.json'), '--outDir', out], { stdio: 'inherit' });
for (const folder of ['data', 'schemas', 'examples'])
  cpSync(join(home, folder), join(out, folder), { recursive: true });

const { name, version, description, license, type } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
const published = {
  name,
  version,
  description,
  license,
  type,
  keywords: ['apple', 'vpp', 'apps and books', 'json schema'],
  engines: { node: '>=22' },
  sideEffects: false,
  exports: {
    '.': { types: './src/index.d.ts', default: './src/index.js' },
    './data/*': './data/*',
    './schemas/*': './schemas/*',
    './examples/*': './examples/*',
    './package.json': './package.json',
  },
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
cpSync(join(home, 'README.md'), join(out, 'README.md'));
cpSync(join(home, '../../LICENSE'), join(out, 'LICENSE'));
