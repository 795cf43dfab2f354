import process from 'node:process';
import { startWinesap, type Winesap } from './compose.ts';
import { loadConfig } from './config/load-config.ts';
import { createLog } from './log/create-log.ts';

export interface ServeOptions {
  /** Settings, by the names of the manual. Default: the environment of the process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Takes each line of the log. Default: standard error. */
  log?: { write(line: string): unknown };
}

/**
 * Starts Winesap and resolves when it listens. Errors: ConfigError with every problem of the settings; what keeps the
 * database or the keys from being opened, by code.
 */
export async function serve(options: ServeOptions = {}): Promise<Winesap> {
  const config = loadConfig(options.env ?? process.env);
  const log = createLog({ level: config.logLevel, stream: options.log ?? process.stderr });
  return startWinesap(config, log);
}
