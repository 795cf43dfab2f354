import { AppleRefusal } from '../errors/apple-refusal.ts';
import { type FetchPage, PagesAhead } from './ahead.ts';
import type { PagePlace, RawPage } from './page.ts';
import { type Seam, walkPages } from './walk.ts';

/**
 * How far to trust the rows read. `one-version`: an exact snapshot. `recovered`: the data changed during the read; no
 * row that existed throughout is missing, and changes were fetched afterwards, but rows released during the read may
 * still be listed, because Apple's deltas do not show removals. `uncertain`: the data changed too quickly to be sure of
 * the seams between pages; read again before you conclude anything from a missing row.
 */
export type Consistency = 'one-version' | 'recovered' | 'uncertain';

/** A page of data that has a delta. Rows can repeat; the later one wins. */
export interface RecoveringPage<Row> extends RawPage<Row> {
  /**
   * `pass`: a page of the data. `again`: a page read again because the data changed. `delta`: changes since the read
   * began.
   */
  readonly phase: 'pass' | Seam | 'delta';
  /** For all pages up to this one; on the last page, for the whole read. */
  readonly consistency: Consistency;
  /** On the last page: the `sinceVersionId` to use next time. */
  readonly resumeVersionId: string;
}

export type FetchSince<Row> = (
  pageIndex: number,
  sinceVersionId: string | undefined,
  signal: AbortSignal,
) => Promise<RawPage<Row>>;

interface Surroundings<Row> {
  readonly key: (row: Row) => string;
  readonly width: number;
  readonly signal: AbortSignal | undefined;
  /** From an earlier read that was interrupted. */
  readonly from?: PagePlace | undefined;
}

const INVALID_VERSION = 9721;
/** Further changes are left to the next read, which starts at the version with which the last delta began. */
const MAX_DELTAS = 3;

/**
 * Reads all pages, then what changed in the meantime: Apple's way for assignments and users (documented). In addition,
 * checks the seams between pages, because a delta does not show rows that merely moved to a page already read.
 */
export async function* recoveringPages<Row>(
  fetchSince: FetchSince<Row>,
  sinceVersionId: string | undefined,
  { key, width, signal, from }: Surroundings<Row>,
): AsyncGenerator<RecoveringPage<Row>, void, undefined> {
  let since = sinceVersionId;
  let consistency: Consistency = 'one-version';
  let startedOver = false;
  for (let round = 0; ; round++) {
    const fetchPage: FetchPage<Row> = (pageIndex, stop) => fetchSince(pageIndex, since, stop);
    const ahead = new PagesAhead(fetchPage, width, signal);
    let first: string | undefined;
    let moved = false;
    try {
      for await (const { page, seam, certain, changed } of walkPages(
        ahead,
        key,
        round === 0 && !startedOver ? from : undefined,
      )) {
        first ??= page.versionId;
        moved = changed;
        if (!certain) consistency = 'uncertain';
        else if (changed && consistency === 'one-version') consistency = 'recovered';
        yield { ...page, phase: seam ?? (round === 0 ? 'pass' : 'delta'), consistency, resumeVersionId: first };
      }
    } catch (error) {
      // Apple already forgot the version from minutes ago: start over, once. A version passed by the caller is the
      // caller's to handle.
      if (round === 0 || startedOver || !(error instanceof AppleRefusal) || error.errorNumber !== INVALID_VERSION)
        throw error;
      startedOver = true;
      since = sinceVersionId;
      round = -1;
      continue;
    } finally {
      ahead.close();
    }
    if (!moved || round >= MAX_DELTAS) return;
    since = first;
  }
}
