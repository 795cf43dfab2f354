import type { DataSet } from '../world/versions.ts';
import { intParameter } from './query.ts';
import { Refusal } from './refusal.ts';
import type { TokenCall } from './request.ts';
import { trailer } from './trailer.ts';

export interface Page {
  readonly from: number;
  readonly to: number;
  /** The JSON members after the rows, with a leading comma and the closing brace. */
  readonly end: string;
}

/** Which rows of `count` shown ones the request wants. 9650 when there is no such page. */
export function pageOf(
  call: TokenCall,
  set: DataSet,
  count: number,
  size?: (from: number, to: number) => number,
): Page {
  const { pageSize } = call.listing;
  const { unknowns } = call.world.settings;
  const index = intParameter(call.request.query, 'pageIndex') ?? 0;
  const pages = Math.max(1, Math.ceil(count / pageSize));
  if (index < 0 || index >= pages) throw new Refusal(9650);
  const from = index * pageSize;
  const to = Math.min(count, from + pageSize);
  const members = {
    currentPageIndex: index,
    ...(index + 1 < pages ? { nextPageIndex: index + 1 } : {}),
    size: size === undefined ? to - from : size(from, to),
    totalPages: count === 0 ? unknowns.emptyTotalPages : pages,
    versionId: call.location.versions.text(set),
    ...trailer(call),
  };
  return { from, to, end: `,${JSON.stringify(members).slice(1)}` };
}

/** The rows a listing shows. */
export function shownOf<T>({ listing }: TokenCall, rows: readonly T[]): readonly T[] {
  const { from, length } = listing.gap(rows.length);
  return length === 0 ? rows : [...rows.slice(0, from), ...rows.slice(from + length)];
}
