import { AppleRefusal } from '../errors/apple-refusal.ts';
import { type FetchPage, PagesAhead } from './ahead.ts';
import type { PagePlace, RawPage } from './page.ts';
import { type Seam, walkPages } from './walk.ts';

/**
 * How far the rows read can be trusted. `one-version`: an exact picture of one moment. `recovered`: data changed
 * meanwhile; nothing that was there throughout is missing, changes were fetched afterwards, but what was released
 * meanwhile may still be listed, since Apple's deltas do not show removals. `uncertain`: it changed too quickly to be
 * sure of the seams between pages; read again before drawing conclusions from something missing.
 */
export type Consistency = 'one-version' | 'recovered' | 'uncertain';

/** A page of data that has a delta. Rows may come more than once; the later one counts. */
export interface RecoveringPage<Row> extends RawPage<Row> {
  /** `pass`: a page of the data. `again`: one read once more because data moved. `delta`: changes since the reading began. */
  readonly phase: 'pass' | Seam | 'delta';
  /** Of all pages up to this one; on the last page, of the whole reading. */
  readonly consistency: Consistency;
  /** On the last page: what to give as `sinceVersionId` next time. */
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
  /** Of an earlier reading that was interrupted. */
  readonly from?: PagePlace | undefined;
}

const INVALID_VERSION = 9721;
/** Further changes are left to the next reading, which starts at the version the last delta began with. */
const MAX_DELTAS = 3;

/**
 * Reads all pages, then what changed meanwhile: Apple's way for assignments and users (documented), with the seams
 * between pages checked in addition, because a delta does not show rows that merely slipped onto a page already read.
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
      // The version we saw minutes ago is already unknown: all over again, once. One given by the caller is theirs to handle.
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
