import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Compiled once for all the processes of a test run. */
const COMPILED = fileURLToPath(new URL('../../../../node_modules/.cache/winesap-cli-tests', import.meta.url));

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

interface Given {
  env?: Record<string, string>;
  stdin?: string | Uint8Array;
}

/** Runs the command as a person's shell would: its own process, its own home, nothing of ours in its environment. */
export function winesap(url: string | null, args: readonly string[], given: Given = {}): Promise<Outcome> {
  const child = startWinesap(url, args, given.env);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  // The command may refuse before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(given.stdin ?? '');
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

export function startWinesap(url: string | null, args: readonly string[], env: Record<string, string> = {}) {
  return spawn(process.execPath, [MAIN, ...args], {
    env: {
      HOME: '/nonexistent',
      TZ: 'UTC',
      NODE_COMPILE_CACHE: COMPILED,
      ...(url === null ? {} : { WINESAP_URL: url }),
      ...env,
    },
    stdio: 'pipe',
  });
}

/** A folder that is gone after the test. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'winesap-cli-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
