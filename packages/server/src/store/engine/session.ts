import type { Hurry } from './embedded/mutex.ts';

/** The result of one SQL text. A text with several statements returns the rows of all of them, and the last command. */
export interface SessionResult {
  command: string;
  rowCount: number;
  rows: unknown[];
}

/** One connection to the database, used by one caller at a time. */
export interface Session {
  run(sql: string, parameters: readonly unknown[]): Promise<SessionResult>;
}

/** Provides sessions: the embedded engine has one, a server has a pool of them. */
export interface SessionSource {
  /** If there is only one session, `patient` work lets urgent callers go first. */
  acquire(hurry?: Hurry): Promise<Session>;
  /** Takes the session back and ensures that no open transaction reaches its next user. */
  release(session: Session): Promise<void>;
  close(): Promise<void>;
}
