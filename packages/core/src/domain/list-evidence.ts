/** What Apple wrote about a page of a list. Null where Apple left something out. */
export interface PageClaims {
  currentPageIndex: number | null;
  nextPageIndex: number | null;
  totalPages: number | null;
  size: number | null;
}

/** A page as it arrived. */
export interface ListedPage {
  /** The requested index, counted from 0. */
  pageIndex: number;
  /** Rows on the page, usable or not. */
  listed: number;
  said: PageClaims;
}

/**
 * What a list proves about its own completeness. `agrees`: all numbers that Apple sends with the pages match. `silent`:
 * some are missing, the others match. `contradicts`: two don't match; the first such pair is named.
 */
export type Evidence =
  | { kind: 'agrees' }
  | { kind: 'silent' }
  | { kind: 'contradicts'; about: 'rows' | 'page number' | 'pages'; said: number | null; seen: number };

export const AGREES: Evidence = { kind: 'agrees' };

/** Collects the evidence while pages arrive. A page with index 0 restarts the list. */
export class PageLedger {
  #contradiction: Evidence | null = null;
  #isSilent = false;
  #last: ListedPage | null = null;

  /** `repeated`: rows that an earlier page already had, perhaps in place of others. */
  see(page: ListedPage, repeated = 0): void {
    if (page.pageIndex === 0) {
      this.#contradiction = null;
      this.#isSilent = false;
    }
    this.#contradiction ??= contradictionOf(page, repeated);
    const { currentPageIndex, totalPages, size } = page.said;
    this.#isSilent ||= currentPageIndex === null || totalPages === null || size === null || isMisnumbered(page);
    this.#last = page;
  }

  judge(): Evidence {
    if (this.#contradiction !== null) return this.#contradiction;
    const totalPages = this.#last?.said.totalPages ?? null;
    const seen = (this.#last?.pageIndex ?? 0) + 1;
    // An empty list has one page or none; both occur.
    if (totalPages !== null && Math.max(1, totalPages) !== seen)
      return { kind: 'contradicts', about: 'pages', said: totalPages, seen };
    return this.#isSilent ? { kind: 'silent' } : AGREES;
  }
}

function contradictionOf({ pageIndex, listed, said }: ListedPage, repeated: number): Evidence | null {
  if (said.size !== null && said.size !== listed)
    return { kind: 'contradicts', about: 'rows', said: said.size, seen: listed };
  if (said.currentPageIndex !== null && said.currentPageIndex !== pageIndex)
    return { kind: 'contradicts', about: 'page number', said: said.currentPageIndex, seen: pageIndex };
  if (repeated > 0) return { kind: 'contradicts', about: 'rows', said: listed, seen: listed - repeated };
  return null;
}

/** Apple names another next page than the count suggests. Pages are read by the count, so that none is skipped. */
function isMisnumbered({ pageIndex, said }: ListedPage): boolean {
  const next = said.totalPages !== null && pageIndex + 1 < said.totalPages ? pageIndex + 1 : null;
  return said.nextPageIndex !== next;
}
