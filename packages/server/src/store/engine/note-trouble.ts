import { AppError } from '@winesap/core';
import type { Session, SessionResult, SessionSource } from './session.ts';

/** Wraps sessions so that `trouble` is called whenever the database is unreachable or its disk is full. */
export function noteTrouble(source: SessionSource, trouble: () => void): SessionSource {
  const noted = async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } catch (error) {
      if (error instanceof AppError && error.code === 'database.away') trouble();
      throw error;
    }
  };
  return {
    acquire: async (hurry) => new NotedSession(await noted(source.acquire(hurry)), noted),
    release: (session) => source.release((session as NotedSession).inner),
    close: () => source.close(),
  };
}

class NotedSession implements Session {
  readonly inner: Session;
  readonly #noted: <T>(act: Promise<T>) => Promise<T>;

  constructor(inner: Session, noted: <T>(act: Promise<T>) => Promise<T>) {
    this.inner = inner;
    this.#noted = noted;
  }

  run(sql: string, parameters: readonly unknown[]): Promise<SessionResult> {
    return this.#noted(this.inner.run(sql, parameters));
  }
}
