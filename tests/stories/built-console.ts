import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = join(ROOT, 'packages/web/dist/index.html');

/** Builds the console if a source is newer than the last build. */
export function buildConsoleIfOld(): void {
  const built = statSync(PAGE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ['packages/web/src', 'packages/web/index.html', 'packages/web/vite.config.ts', 'packages/api/src'];
  if (sources.every((source) => newest(join(ROOT, source)) <= built)) return;
  execFileSync('npm', ['run', '--silent', 'build', '--workspace', 'packages/web'], {
    cwd: ROOT,
    // Tests run as NODE_ENV=test, which would build something other than the release, and leave it for `npm start`.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'pipe',
  });
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
