import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench` runs every benchmark, `npm run bench -- client simulator` those named. Each prints a table and writes
 * JSON under bench/results; one after the other, because two at once would measure each other.
 */
const folder = fileURLToPath(new URL('.', import.meta.url));
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace(/\.ts$/, ''));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`);
  process.exit(2);
}

for (const name of asked.length > 0 ? asked : known) {
  process.stdout.write(`\n${name}\n`);
  const run = spawnSync(process.execPath, [`${folder}${name}.ts`], { stdio: 'inherit' });
  if (run.status !== 0) process.exitCode = 1;
}
