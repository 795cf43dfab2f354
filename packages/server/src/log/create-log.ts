import { pino } from 'pino';
import { createLastingLines, type LineStream } from './lasting-lines.ts';
import { mask } from './mask.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Facts in fields, beside a message that never changes. No token, password or mail address in either. */
export interface Log {
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
  stream: LineStream;
}

/** A log of JSON lines, with times as ISO 8601 and levels by name. What cannot be written is lost; nothing else happens. */
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
