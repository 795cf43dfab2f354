import type { SessionResult } from '../session.ts';
import type { CompiledPGlite } from './compile-pglite.ts';

/** The start parameters of the embedded engine's thread. */
export interface ThreadStart {
  folder: string;
  compiled: CompiledPGlite;
  /** For tests of broken disks: while it is not 0, every flush fails. */
  diskFails: Int32Array | null;
}

/** To the thread, one after the other. */
export type Ask = { kind: 'run'; sql: string; parameters: readonly unknown[] } | { kind: 'close' };

/** An error from PostgreSQL, as far as it survives the transfer between threads. */
export type ThreadError = { message: string; code?: string } & Record<string, string | undefined>;

/** From the thread: an answer to each query in turn, and notifications in between. */
export type Message =
  | { kind: 'opened' }
  | { kind: 'not-opened'; error: ThreadError }
  | { kind: 'result'; result: SessionResult; inTransaction: boolean }
  | { kind: 'error'; error: ThreadError; inTransaction: boolean }
  /** PostgreSQL gave up: this thread can't be used any longer. */
  | { kind: 'ended'; error: ThreadError }
  | { kind: 'notification'; channel: string; payload: string };

const FIELDS = [
  'code',
  'severity',
  'detail',
  'hint',
  'position',
  'schema',
  'table',
  'column',
  'constraint',
  'where',
  'routine',
];

export function describeError(error: unknown): ThreadError {
  if (!(error instanceof Error)) return { message: String(error) };
  const fields = FIELDS.map((name) => [name, (error as unknown as Record<string, unknown>)[name]] as const);
  const texts = fields.filter((field): field is [string, string] => typeof field[1] === 'string');
  return { message: error.message, ...Object.fromEntries(texts) };
}

export function errorOf({ message, ...fields }: ThreadError): Error {
  return Object.assign(new Error(message), fields);
}
