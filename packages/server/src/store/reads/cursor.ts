import { AppError } from '@winesap/core';

/** A place in a list as a text for links: whoever gets it need not know what is in it. */
export function writeCursor(place: readonly (string | number | boolean)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Errors: `cursor.invalid` when it is none of ours, or of another list. */
export function readCursor(cursor: string, types: readonly ('string' | 'number' | 'boolean')[]): never[] {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    place = null;
  }
  if (Array.isArray(place) && place.length === types.length && types.every((type, at) => typeof place[at] === type))
    return place as never[];
  throw new AppError('cursor.invalid', {});
}
