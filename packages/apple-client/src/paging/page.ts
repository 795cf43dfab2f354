import type { Fields } from '../read/fields.ts';
import { readTrailer, type Trailer, type Unread } from '../read/trailer.ts';

/** What Apple wrote about a page. Null where it left something out or wrote nothing that can be a number of pages or rows. */
export interface PageClaims {
  readonly currentPageIndex: number | null;
  readonly nextPageIndex: number | null;
  readonly totalPages: number | null;
  readonly size: number | null;
}

/** A page as one request returns it. Apple decides on its size, about a thousand rows. */
export interface RawPage<Row> extends Trailer, Unread {
  readonly rows: readonly Row[];
  /** As it was asked for, counted from 0. Whether Apple says so too is in `said`. */
  readonly pageIndex: number;
  /** Always the next one, or null on the last page. See `nextPage` for how the end is found. */
  readonly nextPageIndex: number | null;
  /** For planning only; it may change while pages are read. At least 1. */
  readonly totalPages: number;
  /** State of the whole data set. A new one means that rows may have moved between pages. Empty where Apple left it out. */
  readonly versionId: string;
  /** Evidence of whether the list is whole. */
  readonly said: PageClaims;
}

/** Where reading goes on after an interruption. Only good as long as the data is of the same version. */
export interface PagePlace {
  readonly pageIndex: number;
  readonly versionId: string;
}

/** Twenty million rows. Only an Apple that errs has more. */
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
 * Pages are read one after the other, whatever index Apple names as the next: a page that is skipped would be missing, and
 * an index that points back would be read for ever. There is another page where either of Apple's two signs says so, since
 * each may be missing or wrong; past `totalPages` only as far as growth explains.
 */
function nextPage(askedIndex: number, rows: number, { nextPageIndex, totalPages }: PageClaims): number | null {
  const next = askedIndex + 1;
  const end = totalPages === null ? MOST_PAGES : Math.min(MOST_PAGES, totalPages + Math.max(10, totalPages / 10));
  if (next >= end || (rows === 0 && nextPageIndex === null)) return null;
  const isCounted = totalPages !== null && next < totalPages;
  return isCounted || (rows > 0 && nextPageIndex !== null && nextPageIndex > askedIndex) ? next : null;
}

/** Whether two pages may be of one version. One that Apple left out tells nothing. */
export function sameVersion(one: string, other: string): boolean {
  return one === other || one === '' || other === '';
}

function wholeNumber(count: number | null): number | null {
  return count !== null && Number.isSafeInteger(count) && count >= 0 ? count : null;
}
