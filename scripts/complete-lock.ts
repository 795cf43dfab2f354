import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Adds to package-lock.json the binaries of systems that the configured registry did not have. npm leaves those out
 * when it writes the file, and `npm ci` then refuses it. They are listed by version, system, and processor, without a
 * hash.
 * Run it after `npm install` when tests/architecture/manifests.test.ts finds a gap: `npx node
 * scripts/complete-lock.ts`.
 */
interface Entry {
  version?: string;
  dev?: boolean;
  license?: string;
  engines?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const PATH = 'package-lock.json';
const SYSTEMS = new Set(['darwin', 'win32', 'linux', 'android', 'freebsd', 'openharmony']);
const NAME = /(?:cli|binding)-([a-z0-9]+)-([a-z0-9]+)(?:-(.*))?$/;

const lock = JSON.parse(readFileSync(PATH, 'utf8')) as { packages: Record<string, Entry> };
let added = 0;
for (const [place, entry] of Object.entries({ ...lock.packages }))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (key in lock.packages || `${place}/node_modules/${name}` in lock.packages) continue;
    lock.packages[key] = binaryOf(name, version, entry);
    added += 1;
  }
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
writeFileSync(PATH, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
process.stdout.write(`${added} added\n`);

function binaryOf(name: string, version: string, of: Entry) {
  const [, os = '', cpu = '', abi] = NAME.exec(name) ?? [];
  if (!SYSTEMS.has(os)) throw new Error(`${name} does not say for which system it is.`);
  const libc = abi === undefined ? [] : abi.startsWith('musl') ? ['musl'] : os === 'linux' ? ['glibc'] : [];
  return {
    version,
    cpu: [cpu],
    ...(of.dev === true ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    ...(of.license === undefined ? {} : { license: of.license }),
    optional: true,
    os: [os],
    ...(of.engines === undefined ? {} : { engines: of.engines }),
  };
}
