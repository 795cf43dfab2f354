import type { ConnectionOptions } from './connection.ts';

export interface GlobalOptions extends ConnectionOptions {
  json?: boolean;
}
