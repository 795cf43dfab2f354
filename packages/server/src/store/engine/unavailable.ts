import { AppError } from '@winesap/core';

/**
 * How PostgreSQL's error codes begin: connection lost, out of space or connections, stopped by an operator, disk
 * broken.
 */
const UNAVAILABLE = ['08', '53', '57P', '58'];
const SQL_STATE = /^[0-9A-Z]{5}$/;

/**
 * Classifies a failed statement: an error about the statement itself stays as it is; everything that means that the
 * database can't be used now becomes `database.away`, with the reason as its cause.
 */
export function asUnavailable(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  // EPIPE looks like one of PostgreSQL's codes but isn't: the operating system's errors name a call.
  const ofPostgres = SQL_STATE.test(code) && !(error as { syscall?: string }).syscall;
  const aboutStatement = ofPostgres && !UNAVAILABLE.some((beginning) => code.startsWith(beginning));
  return aboutStatement || error instanceof AppError ? error : unavailable(error);
}

export function unavailable(cause: unknown): AppError {
  return new AppError('database.away', {}, { cause });
}
