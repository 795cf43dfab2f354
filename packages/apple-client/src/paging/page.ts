import type { Fields } from '../read/fields.ts';
import { readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

/** A page as one request returns it. Apple decides on its size, about a thousand rows. */
export interface RawPage<Row> extends Trailer, Unread {
  readonly rows: readonly Row[];
  /** Counted from 0. */
  readonly pageIndex: number;
  /** Null on the last page; the only reliable sign that it is the last. */
  readonly nextPageIndex: number | null;
  /** For planning only; it may change while pages are read. At least 1. */
  readonly totalPages: number;
  /** State of the whole data set. A new one means that rows may have moved between pages. */
  readonly versionId: string;
}

/** Where reading goes on after an interruption. Only good as long as the data is of the same version. */
export interface PagePlace {
  readonly pageIndex: number;
  readonly versionId: string;
}

export function readPage<Row>(answer: Fields, askedIndex: number, rows: readonly Row[]): RawPage<Row> {
  const pageIndex = answer.count('currentPageIndex') ?? askedIndex;
  answer.count('size');
  const next = answer.count('nextPageIndex');
  return {
    ...readTrailer(answer),
    rows,
    pageIndex,
    // Anything but a step forward would be read for ever.
    nextPageIndex: next !== null && next > askedIndex ? next : null,
    totalPages: Math.max(1, answer.count('totalPages') ?? 1),
    versionId: answer.needText('versionId'),
    ...answer.rest(),
  };
}
