import type { PagesAhead } from './ahead.ts';
import { unlessGone } from './out-of-range.ts';
import { type PagePlace, type RawPage, sameVersion } from './page.ts';

export type Seam = 'again';

export interface Step<Row> {
  readonly page: RawPage<Row>;
  /** Set if the page was read again. */
  readonly seam: Seam | null;
  /** Whether anything changed since the first page. */
  readonly changed: boolean;
  /** Whether every row that existed throughout has been seen, up to here. */
  readonly certain: boolean;
}

const TRIES_PER_SEAM = 5;
const STARTS = 3;
/** After this many pages without a seam, the data counts as stable again. */
const CALM_AFTER = 10;

/**
 * Walks through pages that may change during the walk. Between two pages of one version, no row can be lost. If the
 * version changed, rows may have moved from the upcoming page to the one just read, so that one is read again. If it
 * still shares a row with the earlier copy, everything after that row is on it or on a later page of its version. If it
 * shares none, more than a page moved, and the walk restarts. This relies on rows keeping their relative order
 * (assumed).
 */
export async function* walkPages<Row>(
  ahead: PagesAhead<Row>,
  key: (row: Row) => string,
  from?: PagePlace,
): AsyncGenerator<Step<Row>, void, undefined> {
  let changed = false;
  let certain = true;
  let starts = 1;
  let restless = 0;
  let last = await firstPage(ahead, from);
  yield { page: last, seam: null, changed, certain };

  while (last.nextPageIndex !== null) {
    const next = await unlessGone(ahead.take(last.nextPageIndex));
    // Apple counts one page too many, and said itself that this is the last one.
    if (next === null && last.said.nextPageIndex === null) return;
    if (next !== null && sameVersion(next.versionId, last.versionId)) {
      ahead.widen();
      restless = Math.max(0, restless - 1);
      last = next;
      yield { page: last, seam: null, changed, certain };
      continue;
    }
    changed = true;
    ahead.narrow();
    if (!certain && next !== null) {
      // The result is uncertain already: finishing matters more than one more seam.
      last = next;
      yield { page: last, seam: null, changed, certain };
      continue;
    }
    const seam = await closeSeam(ahead, last, next, restless > 0, key);
    if (seam.tries > 1) restless = CALM_AFTER;
    for (const page of seam.read) {
      last = page;
      yield { page, seam: 'again', changed, certain };
    }
    if (seam.end === 'lost' && starts < STARTS) {
      starts += 1;
      last = await ahead.fresh(0);
      yield { page: last, seam: 'again', changed, certain };
      continue;
    }
    if (seam.end === 'last-page') continue;
    if (seam.end !== 'closed') certain = false;
    if (seam.next === null) {
      yield { page: last, seam: 'again', changed, certain };
      return;
    }
    last = seam.next;
    yield { page: last, seam: null, changed, certain };
  }
}

/** Returns the page to resume with if it is still of the version read so far; else the first page. */
async function firstPage<Row>(ahead: PagesAhead<Row>, from: PagePlace | undefined): Promise<RawPage<Row>> {
  const page = from === undefined ? null : await unlessGone(ahead.take(from.pageIndex));
  return page !== null && page.versionId === from?.versionId ? page : ahead.take(0);
}

interface SeamResult<Row> {
  readonly tries: number;
  /** The page before the seam, once per time it was read again. */
  readonly read: readonly RawPage<Row>[];
  /** The page after it. */
  readonly next: RawPage<Row> | null;
  /**
   * `closed`: both sides are of one version. `last-page`: nothing follows it any longer. `lost`: too many rows moved.
   * `open`: the data changed at every try.
   */
  readonly end: 'closed' | 'last-page' | 'lost' | 'open';
}

/**
 * Reads the page before a seam again until both sides are of one version. At first only that page, which is enough if
 * the data is stable again; otherwise both sides and what follows at the same moment.
 */
async function closeSeam<Row>(
  ahead: PagesAhead<Row>,
  before: RawPage<Row>,
  after: RawPage<Row> | null,
  restless: boolean,
  key: (row: Row) => string,
): Promise<SeamResult<Row>> {
  const { pageIndex } = before;
  const read: RawPage<Row>[] = [];
  let last = before;
  let next = after;
  for (let tries = restless ? 2 : 1; ; tries++) {
    const [first, second] = tries === 1 ? [ahead.fresh(pageIndex), null] : ahead.together(pageIndex);
    const again = await unlessGone(first);
    if (second !== null) next = await unlessGone(second);
    if (again === null || !shareARow(again, last, key)) return { tries, read, next, end: 'lost' };
    read.push(again);
    last = again;
    if (again.nextPageIndex === null) return { tries, read, next, end: 'last-page' };
    if (next !== null && sameVersion(next.versionId, again.versionId)) return { tries, read, next, end: 'closed' };
    if (tries >= TRIES_PER_SEAM) return { tries, read, next, end: 'open' };
  }
}

function shareARow<Row>(one: RawPage<Row>, other: RawPage<Row>, key: (row: Row) => string): boolean {
  const keys = new Set(one.rows.map(key));
  return other.rows.some((row) => keys.has(key(row)));
}
