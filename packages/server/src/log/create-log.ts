import { pino } from 'pino';
import { createLastingLines, type LineStream } from './lasting-lines.ts';
import { mask } from './mask.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Facts in fields, beside a constant message. No token, password, or email address in either. */
export interface Log {
  /** Every exchange with Apple, and other details for troubleshooting. */
  debug(fields: Fields, message: string): void;
  /** The story, including user mistakes. */
  info(fields: Fields, message: string): void;
  /** Look at it this week. */
  warn(fields: Fields, message: string): void;
  /** A person must act now. An `Error` goes into the field `err`. */
  error(fields: Fields, message: string): void;
}

export interface LogOptions {
  level: 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Receives each finished line; `process.stderr` works. */
  stream: LineStream;
}

/**
 * Creates a log of JSON lines, with times as ISO 8601 and levels by name. A line that can't be written is lost, without
 * other effects.
 */
export function createLog({ level, stream }: LogOptions): Log {
  const write = createLastingLines(stream, (lines) => {
    const time = new Date().toISOString();
    return `${JSON.stringify({ level: 'warn', time, lines, message: 'log lines were lost: they could not be written' })}\n`;
  });
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'message',
    },
    { write: (line: string) => write(mask(line)) },
  );
}
