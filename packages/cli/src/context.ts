import type { Readable } from 'node:stream';
import type { Terminal } from './terminal/terminal.ts';

/** A command's environment. Only `main.ts` takes it from `process`. */
export interface Context {
  env: Readonly<Record<string, string | undefined>>;
  stdin: Readable;
  terminal: Terminal;
  /** Aborted by Ctrl-C and SIGTERM. */
  signal: AbortSignal;
  now(): Date;
}
