import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(import.meta.dirname, '../../packages/cli/src/main.ts');

/** Winesap as people run it: the command in a process of its own. */
export interface ServerProcess {
  url: string;
  /** What it logged, one JSON line each, and what it printed. */
  lines: string[];
  /** The power goes: nothing is asked, nothing is finished. */
  kill(): Promise<void>;
  /** Ctrl-C. */
  stop(): Promise<void>;
}

/** Runs `winesap serve`, or `winesap worker`, and resolves when it listens. Errors: Error with its last lines when it ends before. */
export async function startServerProcess(
  env: Record<string, string>,
  command: 'serve' | 'worker' = 'serve',
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [PROGRAM, command], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await closed;
  };
  const url = await listening(child, lines).catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return { url, lines, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function listening(child: ChildProcess, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) throw new Error('The output of the server is not connected.');
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        const [, url] = /(?:listens on|at work;) (http:\/\/[^\s/]+)/.exec(line) ?? [];
        if (url) resolve(url);
      });
    }
    child.once('error', reject);
    child.once('close', () => reject(new Error(`Winesap ended: ${lines.slice(-10).join('\n')}`)));
  });
}
