import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A clock that can be moved forward; see there. */
const CLOCK = join(import.meta.dirname, '../fuzz/virtual-clock.ts');
const PROGRAM = join(import.meta.dirname, '../../packages/cli/src/main.ts');

/** Winesap as people run it: the command in its own process. */
export interface ServerProcess {
  url: string;
  pid: number;
  /** The setup code that it printed. Resolves only while there is no owner. */
  setupCode: Promise<string>;
  /** What it logged, one JSON line each, and what it printed. */
  lines: string[];
  /** Kills the process without any cleanup, like a power loss. */
  kill(): Promise<void>;
  /** Ctrl-C. */
  stop(): Promise<void>;
  /** Moves its clock forward, and fires what is due. Only for a process that was started with a clock. */
  advance(ms: number): Promise<void>;
}

export interface ServerProcessOptions {
  command?: 'serve' | 'worker';
  /** How far ahead its clock starts, which can then be moved forward. */
  clockAheadMs?: number;
}

/**
 * Runs `winesap serve`, or `winesap worker`, and resolves when it listens. Errors: Error with its last lines if it ends
 * before.
 */
export async function startServerProcess(
  env: Record<string, string>,
  { command = 'serve', clockAheadMs }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const clock = clockAheadMs !== undefined;
  const child = spawn(process.execPath, [...(clock ? ['--import', CLOCK] : []), PROGRAM, command], {
    env: { PATH: process.env.PATH ?? '', ...env, ...(clock ? { CLOCK_AHEAD_MS: String(clockAheadMs) } : {}) },
    stdio: ['ignore', 'pipe', 'pipe', ...(clock ? (['ipc'] as const) : [])],
  });
  const lines: string[] = [];
  const closed = once(child, 'close');
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await closed;
  };
  const { url: started, setupCode } = whatItSays(child, lines);
  const url = await started.catch(async (error: unknown) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    url,
    pid: child.pid ?? 0,
    setupCode,
    lines,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    advance: async (advanceMs) => {
      const moved = once(child, 'message');
      child.send({ advanceMs });
      await Promise.race([moved, closed]);
    },
  };
}

function whatItSays(child: ChildProcess, lines: string[]): { url: Promise<string>; setupCode: Promise<string> } {
  const url = Promise.withResolvers<string>();
  const setupCode = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) throw new Error('The output of the server is not connected.');
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      const [, address] = /(?:listens on|at work;) (http:\/\/[^\s/]+)/.exec(line) ?? [];
      if (address) url.resolve(address);
      const [, code] = /The setup code is (\S+)/.exec(line) ?? [];
      if (code) setupCode.resolve(code);
    });
  }
  child.once('error', url.reject);
  child.once('close', () => url.reject(new Error(`Winesap ended: ${lines.slice(-10).join('\n')}`)));
  return { url: url.promise, setupCode: setupCode.promise };
}
