import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/run.ts';
import { isCheck, runCheckLine } from '../../src/run-check.ts';
import { createTerminal } from '../../src/terminal/terminal.ts';

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Compiled once for all processes of a test run. */
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

/** Runs the command in this process, as its program would: with its own home folder and none of our environment. */
export async function winesap(url: string | null, args: readonly string[], given: Given = {}): Promise<Outcome> {
  const env = environment(url, given.env);
  const stdin = Readable.from(given.stdin === undefined ? [] : [Buffer.from(given.stdin)], { objectMode: false });
  const [stdout, stderr] = [new Heard(), new Heard()];
  const context = {
    env,
    stdin,
    terminal: createTerminal({ stdin, stdout, stderr }, env),
    signal: new AbortController().signal,
    now: () => new Date(),
  };
  const code = await (isCheck(args) ? runCheckLine : run)(args, context);
  return { code, out: stdout.text, err: stderr.text };
}

function environment(url: string | null, env: Record<string, string> = {}): Record<string, string> {
  return { HOME: '/nonexistent', ...(url === null ? {} : { WINESAP_URL: url }), ...env };
}

class Heard extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Starts it in its own process, for what needs one: signals, pipes, a server that keeps running. */
export function startWinesap(url: string | null, args: readonly string[], env: Record<string, string> = {}) {
  return spawn(process.execPath, [MAIN, ...args], {
    env: { TZ: 'UTC', NODE_COMPILE_CACHE: COMPILED, ...environment(url, env) },
    stdio: 'pipe',
  });
}

/** A folder that is deleted after the test. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'winesap-cli-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
