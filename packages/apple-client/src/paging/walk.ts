import type { PagesAhead } from './ahead.ts';
import { unlessGone } from './out-of-range.ts';
import type { RawPage } from './page.ts';

export type Seam = 'again';

export interface Step<Row> {
  readonly page: RawPage<Row>;
  /** Set when the page was read once more. */
  readonly seam: Seam | null;
  /** Whether anything changed since the first page. */
  readonly changed: boolean;
  /** Whether every row that was there throughout has been seen, up to here. */
  readonly certain: boolean;
}

const TRIES_PER_SEAM = 3;
const STARTS = 3;

/**
 * Walks through pages that may change underneath. Between two pages of one version nothing can be lost. Where the
 * version changed, rows may have slipped from the page to come onto the one just read, so that one is read again: if it
 * still shares a row with what we had, then everything after that row is on it or on a later page. If it shares none,
 * more than a page slipped, and the walk begins anew. This relies on rows keeping their order among themselves (assumed).
 */
export async function* walkPages<Row>(
  ahead: PagesAhead<Row>,
  key: (row: Row) => string,
): AsyncGenerator<Step<Row>, void, undefined> {
  let changed = false;
  let certain = true;
  let tries = 0;
  let starts = 1;
  let last = await ahead.take(0);
  yield { page: last, seam: null, changed, certain };

  while (last.nextPageIndex !== null) {
    const next = await unlessGone(ahead.take(last.nextPageIndex));
    if (next?.versionId === last.versionId) {
      tries = 0;
      ahead.widen();
      last = next;
      yield { page: last, seam: null, changed, certain };
      continue;
    }
    changed = true;
    ahead.narrow();
    if (!certain && next !== null) {
      // Already beyond certainty: finishing matters more than one more seam.
      last = next;
      yield { page: last, seam: null, changed, certain };
      continue;
    }
    const again = await unlessGone(ahead.fresh(last.pageIndex));
    const connected = again !== null && shareARow(again, last, key);
    if (!connected && starts < STARTS) {
      starts += 1;
      tries = 0;
      last = await ahead.fresh(0);
      yield { page: last, seam: 'again', changed, certain };
      continue;
    }
    if (connected) {
      last = again;
      tries += 1;
      yield { page: last, seam: 'again', changed, certain };
      if (next?.versionId !== again.versionId && tries < TRIES_PER_SEAM) continue;
    }
    if (!connected || next?.versionId !== last.versionId) certain = false;
    tries = 0;
    if (next === null) {
      yield { page: last, seam: 'again', changed, certain };
      return;
    }
    last = next;
    yield { page: last, seam: null, changed, certain };
  }
}

function shareARow<Row>(one: RawPage<Row>, other: RawPage<Row>, key: (row: Row) => string): boolean {
  const keys = new Set(one.rows.map(key));
  return other.rows.some((row) => keys.has(key(row)));
}
