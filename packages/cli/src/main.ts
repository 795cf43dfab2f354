#!/usr/bin/env node
import process from 'node:process';
import { isCheck, runCheckLine } from './run-check.ts';
import { createTerminal } from './terminal/terminal.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // The second time the person means it.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort();
  });

// `winesap events | head` closes our output early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const args = process.argv.slice(2);
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
