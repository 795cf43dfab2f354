import type { AppleSaid } from '@winesap/api';
import { type AppleFailure, appleLine } from '@winesap/core';

/** Returns a stored failure as the API shows it. */
export function appleSaid(failure: unknown, at: Date): AppleSaid | null {
  if (failure === null || failure === undefined) return null;
  const said = failure as AppleFailure;
  return {
    httpStatus: said.kind === 'no-answer' || said.kind === 'not-asked' ? null : said.httpStatus,
    errorNumber: said.kind === 'refused' ? said.errorNumber : null,
    errorMessage: said.kind === 'refused' ? said.errorMessage : null,
    doing: said.doing,
    line: appleLine(said),
    at: at.toISOString(),
  };
}

export function iso(date: Date): string;
export function iso(date: Date | null): string | null;
export function iso(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
