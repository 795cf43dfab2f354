import { refusal } from '../refusal.ts';

/** Returns the maximum number of rows from an option. Errors: usage.limit. */
export function readLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 100_000) return limit;
  throw refusal('usage.limit', `“${text}” is not a number of rows.`, 'Give a whole number from 1 to 100000.');
}
