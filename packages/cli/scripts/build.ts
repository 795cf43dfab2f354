import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

/**
 * Builds the published package into `dist` or the given folder: the command with everything it needs, in files that are
 * loaded on demand, so that `npx winesap check` downloads one small package and reads little. The server and the
 * simulator are separate packages, which `serve` and `demo` look for. `npm publish dist` publishes it.
 */
const home = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? join(home, 'dist'));
const APART = ['@winesap/server', 'winesap-simulator'];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const bundle = await rolldown({
  input: { winesap: join(home, 'src/main.ts') },
  platform: 'node',
  external: (id) => id.startsWith('node:') || APART.includes(id),
});
const { output } = await bundle.write({
  dir: out,
  minify: true,
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
});
await bundle.close();
chmodSync(join(out, 'winesap.js'), 0o755);

const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
const { name, version, description, license, type } = manifest;
const published = {
  name,
  version,
  description,
  license,
  type,
  keywords: ['apple', 'vpp', 'vpptoken', 'apps and books', 'mdm', 'nagios', 'prometheus'],
  engines: { node: '>=22' },
  bin: { winesap: './winesap.js' },
  peerDependencies: Object.fromEntries(APART.map((other) => [other, manifest.dependencies[other]])),
  peerDependenciesMeta: Object.fromEntries(APART.map((other) => [other, { optional: true }])),
};
writeFileSync(join(out, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
cpSync(join(home, '../../docs/check.md'), join(out, 'README.md'));
cpSync(join(home, '../../LICENSE'), join(out, 'LICENSE'));

const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
writeFileSync(join(out, 'THIRD-PARTY-LICENSES.txt'), [...folders].sort().map(licenseOf).join('\n\n'));

/** Returns the license text of a bundled package. A package without one must not be bundled. */
function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (file === undefined || !existsSync(join(folder, file))) throw new Error(`${name} brings no license text.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
