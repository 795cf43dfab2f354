import type { Trailer } from '../read/trailer.ts';
import type { VersionedPage } from './one-version.ts';
import type { Consistency, RecoveringPage } from './recovering.ts';

/** All rows of a data set, with the trailer of the last page. */
export interface Collected<Row> extends Trailer {
  /** For assignments and users: the `sinceVersionId` to use next time. */
  readonly versionId: string;
  readonly rows: readonly Row[];
}

export async function collectOneVersion<Row>(
  pages: (onRestart: () => void) => AsyncIterable<VersionedPage<Row>>,
): Promise<Collected<Row>> {
  let rows: Row[] = [];
  let last: VersionedPage<Row> | null = null;
  for await (const page of pages(() => {
    rows = [];
  })) {
    for (const row of page.rows) rows.push(row);
    last = page;
  }
  return { ...trailerOf(last), versionId: last?.versionId ?? '', rows };
}

export async function collectRecovering<Row>(
  pages: AsyncIterable<RecoveringPage<Row>>,
  key: (row: Row) => string,
  /** Keys of rows that this row of a delta replaces. */
  replaces: (row: Row, held: ReadonlyMap<string, Row>) => readonly string[] = () => [],
): Promise<Collected<Row> & { readonly consistency: Consistency }> {
  const held = new Map<string, Row>();
  let last: RecoveringPage<Row> | null = null;
  for await (const page of pages) {
    for (const row of page.rows) {
      if (page.phase === 'delta') for (const old of replaces(row, held)) held.delete(old);
      held.set(key(row), row);
    }
    last = page;
  }
  return {
    ...trailerOf(last),
    versionId: last?.resumeVersionId ?? '',
    rows: [...held.values()],
    consistency: last?.consistency ?? 'one-version',
  };
}

function trailerOf(page: Trailer | null): Trailer {
  return {
    uId: page?.uId ?? null,
    tokenExpirationDate: page?.tokenExpirationDate ?? null,
    mdmInfo: page?.mdmInfo ?? null,
  };
}
