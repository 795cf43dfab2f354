import { type ErrorSurface, errors, errorTexts } from '@winesap/contract';
import type { Unknowns } from './unknowns.ts';

/** The words for an error number on one surface: Apple's where there are any, otherwise ours. */
export function errorText(errorNumber: number, surface: ErrorSurface, wording: Unknowns['errorTexts']): string {
  const apples = wording === 'apple' ? errorTexts[surface].texts[errorNumber] : undefined;
  return apples ?? errors[errorNumber]?.message ?? 'An error nobody has written down yet.';
}

/** An error as it appears in the status of an event and in notifications. */
export function errorOf(
  errorNumber: number,
  wording: Unknowns['errorTexts'],
): { errorNumber: number; errorMessage: string } {
  return { errorNumber, errorMessage: errorText(errorNumber, 'answers', wording) };
}
