import type { Fields } from '../read/fields.ts';
import { readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

/** What Apple wrote about a page. Null where Apple left something out or sent an impossible number of pages or rows. */
export interface PageClaims {
  readonly currentPageIndex: number | null;
  readonly nextPageIndex: number | null;
  readonly totalPages: number | null;
  readonly size: number | null;
}

/** A page as one request returns it. Apple decides its size, about a thousand rows. */
export interface RawPage<Row> extends Trailer, Unread {
  readonly rows: readonly Row[];
  /** The requested index, counted from 0. Whether Apple agrees is in `said`. */
  readonly pageIndex: number;
  /** The next index, or null on the last page. See `nextPage` for how the end is found. */
  readonly nextPageIndex: number | null;
  /** For planning only: it can change during the read. At least 1. */
  readonly totalPages: number;
  /**
   * The state of the whole data set. A new one means that rows may have moved between pages. Empty if Apple left it
   * out.
   */
  readonly versionId: string;
  /** Evidence of whether the list is whole. */
  readonly said: PageClaims;
}

/** Where to resume after an interruption. Valid only while the data has the same version. */
export interface PagePlace {
  readonly pageIndex: number;
  readonly versionId: string;
}

/** Twenty million rows. A larger list means that Apple's numbers are wrong. */
const MOST_PAGES = 20_000;

export function readPage<Row>(answer: Fields, askedIndex: number, rows: readonly Row[]): RawPage<Row> {
  const said = {
    currentPageIndex: wholeNumber(answer.count('currentPageIndex')),
    nextPageIndex: wholeNumber(answer.count('nextPageIndex')),
    totalPages: wholeNumber(answer.count('totalPages')),
    size: wholeNumber(answer.count('size')),
  };
  return {
    ...readTrailer(answer),
    rows,
    pageIndex: askedIndex,
    nextPageIndex: nextPage(askedIndex, rows.length, said),
    totalPages: Math.max(1, said.totalPages ?? 1),
    versionId: answer.text('versionId') ?? '',
    said,
    ...answer.rest(),
  };
}

/**
 * Pages are read in sequence, whatever index Apple names as the next: a skipped page would be missing, and an index
 * that points back would cause an endless loop. There is another page if either of Apple's two signs says so, because
 * each may be missing or wrong. Past `totalPages`, only as far as growth explains.
 */
function nextPage(askedIndex: number, rows: number, { nextPageIndex, totalPages }: PageClaims): number | null {
  const next = askedIndex + 1;
  const end = totalPages === null ? MOST_PAGES : Math.min(MOST_PAGES, totalPages + Math.max(10, totalPages / 10));
  if (next >= end || (rows === 0 && nextPageIndex === null)) return null;
  const isCounted = totalPages !== null && next < totalPages;
  return isCounted || (rows > 0 && nextPageIndex !== null && nextPageIndex > askedIndex) ? next : null;
}

/** Whether two pages may be of one version. A version that Apple left out proves nothing. */
export function sameVersion(one: string, other: string): boolean {
  return one === other || one === '' || other === '';
}

function wholeNumber(count: number | null): number | null {
  return count !== null && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
