import process from 'node:process';
import { type OpenDatabase, startWinesap, type Winesap } from './compose.ts';
import { type Config, loadConfig, loadWorkerConfig } from './config/load-config.ts';
import { createLog } from './log/create-log.ts';
import type { LineStream } from './log/lasting-lines.ts';

export interface ServeOptions {
  /** Settings, by their environment variables. Default: the environment of the process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Receives each line of the log. Default: standard error. */
  log?: LineStream;
  /** For a program that inspects the database of a running server: opens it in place of `openDatabase`. */
  open?: OpenDatabase;
}

/**
 * Starts Winesap and resolves when it listens. Errors: ConfigError with all problems of the settings; by code, whatever
 * prevents the database or the keys from being opened.
 */
export async function serve(options: ServeOptions = {}): Promise<Winesap> {
  const config = loadConfig(options.env ?? process.env);
  return startWinesap(config, logOf(config, options), { answers: 'everybody', works: config.work }, options.open);
}

/**
 * Starts a worker beside `serve`, on the same PostgreSQL server: it scans, checks, and sends, and only answers requests
 * about its own state. Errors: as for `serve`.
 */
export async function work(options: ServeOptions = {}): Promise<Winesap> {
  const config = loadWorkerConfig(options.env ?? process.env);
  return startWinesap(config, logOf(config, options), { answers: 'monitoring', works: true });
}

function logOf(config: Config, options: ServeOptions) {
  return createLog({ level: config.logLevel, stream: options.log ?? process.stderr });
}
