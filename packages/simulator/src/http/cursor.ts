import { hashText, hex } from '../world/hash.ts';
import { textParameter } from './query.ts';
import { Refusal } from './refusal.ts';
import type { TokenCall } from './request.ts';
import { shortTrailer } from './trailer.ts';

/** One page of a listing that is read by cursor. The cursor is ours alone: any other is 9812. */
export function cursorPage<T>(call: TokenCall, name: string, rows: readonly T[], write: (row: T) => object): object {
  const { pageSize, unknowns } = call.world.settings;
  const from = offsetOf(call);
  const shown = rows.slice(from, from + pageSize);
  const more = from + pageSize < rows.length || (unknowns.emptyCursorPage && shown.length > 0);
  return {
    [name]: shown.map(write),
    ...(more ? { nextCursor: cursorAt(call, from + shown.length) } : {}),
    versionId: call.location.versions.text('subscriptions'),
    ...shortTrailer(call),
  };
}

function cursorAt(call: TokenCall, offset: number): string {
  const check = hex(hashText(`${call.location.uId} ${call.endpoint.path} ${offset}`), 8);
  return Buffer.from(JSON.stringify({ o: offset, c: check })).toString('base64');
}

function offsetOf(call: TokenCall): number {
  const cursor = textParameter(call.request.query, 'cursor');
  if (cursor === undefined) return 0;
  try {
    const { o: offset } = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as { o: unknown };
    if (typeof offset === 'number' && cursorAt(call, offset) === cursor) return offset;
  } catch {
    // Not one of ours; refused below.
  }
  throw new Refusal(9812);
}
