#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

// Compiled code is kept between runs, which halves the time to the first line. In a folder of one's own: what lies in
// the machine's temporary folder could have been put there by somebody else. Where it cannot be written, nothing is lost.
enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'winesap', 'compiled'));

const { createTerminal } = await import('./terminal/terminal.ts');
const { isCheck, runCheckLine } = await import('./run-check.ts');

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // The second time the person means it.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  });

// `winesap events | head` closes our output early; that is no failure.
// A server goes on: it has said what it had to say.
const args = process.argv.slice(2);
const isServer = args[0] === 'serve' || args[0] === 'worker';
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (isServer) return;
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Nobody could be told; the exit code says the rest.
process.stderr.on('error', () => undefined);

const run = isCheck(args) ? runCheckLine : (await import('./run.ts')).run;
const exitCode = await run(args, {
  env: process.env,
  stdin: process.stdin,
  terminal: createTerminal(process, process.env),
  signal: interrupted.signal,
  now: () => new Date(),
});

// Output to a pipe may still be on its way; the process ends when it is through, and an open standard input or a kept
// connection must not hold it up.
process.exitCode = exitCode;
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
