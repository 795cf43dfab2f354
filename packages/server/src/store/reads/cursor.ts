import { AppError } from '@winesap/core';

/** Encodes a position in a list as an opaque text for links. */
export function writeCursor(place: readonly (string | number | boolean)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Errors: `cursor.invalid` if it isn't one of ours, or belongs to another list. */
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
