import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const SIMULATOR = fileURLToPath(new URL('../../packages/simulator/src/main.ts', import.meta.url));
export const WINESAP = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

export interface Program {
  child: ChildProcess;
  /** The first line it printed, which says that it is ready. */
  line: string;
}

/** Starts one of our programs as a process of its own, so that what it needs can be measured apart. */
export async function start(args: string[], env: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, line: String(line) };
}

export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Seconds of the processor, of which there are a hundred ticks each. */
export function processorSeconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
