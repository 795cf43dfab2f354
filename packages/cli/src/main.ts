#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

// Caches compiled code between runs, which halves the time to the first line. It uses the user's own folder, because
// others could have written to the temporary folder. If the folder can't be written, there is just no cache.
enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'winesap', 'compiled'));

const { createTerminal } = await import('./terminal/terminal.ts');
const { isCheck, runCheckLine } = await import('./run-check.ts');

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // The second signal forces the exit.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  });

// `winesap events | head` closes our output early; that isn't a failure. A server continues: it has printed everything.
const args = process.argv.slice(2);
const isServer = args[0] === 'serve' || args[0] === 'worker';
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (isServer) return;
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Nothing can be printed any longer; the exit code has to do.
process.stderr.on('error', () => undefined);

const run = isCheck(args) ? runCheckLine : (await import('./run.ts')).run;
const exitCode = await run(args, {
  env: process.env,
  stdin: process.stdin,
  terminal: createTerminal(process, process.env),
  signal: interrupted.signal,
  now: () => new Date(),
});

// Output to a pipe may still be pending. The process ends once it is written; an open standard input or a kept
// connection must not delay that.
process.exitCode = exitCode;
process.stdout.write('', () => process.stderr.write('', () => process.exit(exitCode)));
