import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds the published package into `dist` or the given folder: JavaScript modules, declarations, README, license, and
 * its own package.json. `npm publish dist` publishes it. Inside the workspace, the sources are used directly.
 */
const home = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(home, 'dist'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const tsc = join(home, '../../node_modules/.bin/tsc');
execFileSync(tsc, ['-p', join(home, 'tsconfig.build.json'), '--outDir', out], { stdio: 'inherit' });

const {
  name,
  version,
  description,
  license: licenseId,
  type,
} = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
const published = {
  name,
  version,
  description,
  license: licenseId,
  type,
  keywords: ['apple', 'vpp', 'apps and books', 'mdm', 'app and book management'],
  engines: { node: '>=20' },
  sideEffects: false,
  exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
cpSync(join(home, 'README.md'), join(out, 'README.md'));
const license = join(home, '../../LICENSE');
if (existsSync(license)) cpSync(license, join(out, 'LICENSE'));
else console.error('no LICENSE in the workspace: the build is not fit for publishing');
