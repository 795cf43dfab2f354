import type { Hurry } from './embedded/mutex.ts';

/** What one SQL text gave back. A text of several statements gives the rows of all of them, and the last command. */
export interface SessionResult {
  command: string;
  rowCount: number;
  rows: unknown[];
}

/** One conversation with the database, used by one caller at a time. */
export interface Session {
  run(sql: string, parameters: readonly unknown[]): Promise<SessionResult>;
}

/** Hands out sessions: the embedded engine has one, a server has a pool of them. */
export interface SessionSource {
  /** Where there is one session, `patient` work lets go first who is in a hurry. */
  acquire(hurry?: Hurry): Promise<Session>;
  /** Takes the session back and makes sure that no open transaction reaches its next user. */
  release(session: Session): Promise<void>;
  close(): Promise<void>;
}
