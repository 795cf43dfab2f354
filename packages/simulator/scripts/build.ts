import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds what is published, into `dist` or the folder given: the program, the library with declarations, the portal page
 * and the documents. `npm publish dist` publishes it; then `npx winesap-simulator` runs it.
 */
const home = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(home, 'dist'));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const tsc = join(home, '../../node_modules/.bin/tsc');
execFileSync(tsc, ['-p', join(home, 'tsconfig.build.json'), '--outDir', out], { stdio: 'inherit' });
for (const file of ['portal.html', 'portal.css', 'portal.js', 'page.js', 'location.js', 'faults.js']) {
  cpSync(join(home, 'src/portal', file), join(out, 'portal', file));
}
chmodSync(join(out, 'main.js'), 0o755);

const { name, version, description, license, type, dependencies } = JSON.parse(
  readFileSync(join(home, 'package.json'), 'utf8'),
);
const published = {
  name,
  version,
  description,
  license,
  type,
  keywords: ['apple', 'vpp', 'apps and books', 'mdm', 'simulator'],
  engines: { node: '>=22' },
  exports: {
    '.': { types: './index.d.ts', default: './index.js' },
    './control': { types: './control.d.ts', default: './control.js' },
    './package.json': './package.json',
  },
  bin: { 'winesap-simulator': './main.js' },
  dependencies,
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
for (const document of ['README.md', 'CONTROL.md', 'FIDELITY.md']) cpSync(join(home, document), join(out, document));
cpSync(join(home, '../../LICENSE'), join(out, 'LICENSE'));
