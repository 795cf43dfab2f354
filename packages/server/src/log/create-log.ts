import { pino } from 'pino';
import { mask } from './mask.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Facts in fields, beside a message that never changes. No token, password or mail address in either. */
export interface Log {
  /** For whoever looks for a fault. */
  debug(fields: Fields, message: string): void;
  /** Every exchange with Apple, and other things only a search for a cause needs. */
  debug(fields: Fields, message: string): void;
  /** The story; user mistakes too. */
  info(fields: Fields, message: string): void;
  /** Look this week. */
  warn(fields: Fields, message: string): void;
  /** Somebody must act now. An `Error` goes into the field `err`. */
  error(fields: Fields, message: string): void;
}

export interface LogOptions {
  level: 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Takes each finished line; `process.stderr` does. */
  stream: { write(line: string): unknown };
}

/** A log of JSON lines, with times as ISO 8601 and levels by name. */
export function createLog({ level, stream }: LogOptions): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
    },
    { write: (line: string) => stream.write(mask(line)) },
  );
}
