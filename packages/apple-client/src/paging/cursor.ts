import { type Fields, ShapeError } from '../read/fields.ts';
import { type Identity, readIdentity, type Unread } from '../read/trailer.ts';

/** A page of a list that is read from start to end. An empty page may come last. */
export interface CursorPage<Row> extends Identity, Unread {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
  readonly versionId: string | null;
}

/** All rows of such a list. It has no delta: read it again from time to time. */
export interface CursorCollected<Row> extends Identity {
  readonly rows: readonly Row[];
  /** The trailer of the last page. */
  readonly versionId: string | null;
  /** Whether all pages were of one version. If not, rows may be missing or duplicated. */
  readonly oneVersion: boolean;
}

export function readCursorPage<Row>(answer: Fields, asked: string | undefined, rows: readonly Row[]): CursorPage<Row> {
  const nextCursor = answer.text('nextCursor') || null;
  // Without this, a repeated cursor would loop forever.
  if (nextCursor !== null && nextCursor === asked) throw new ShapeError('a nextCursor that goes on');
  return {
    ...readIdentity(answer),
    rows,
    nextCursor,
    versionId: answer.text('versionId'),
    ...answer.rest(),
  };
}

export async function* cursorPages<Row>(
  fetchPage: (cursor: string | undefined) => Promise<CursorPage<Row>>,
): AsyncGenerator<CursorPage<Row>, void, undefined> {
  let cursor: string | undefined;
  do {
    const page: CursorPage<Row> = await fetchPage(cursor);
    yield page;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

export async function collectCursor<Row>(pages: AsyncIterable<CursorPage<Row>>): Promise<CursorCollected<Row>> {
  const rows: Row[] = [];
  const versions = new Set<string | null>();
  let last: CursorPage<Row> | null = null;
  for await (const page of pages) {
    for (const row of page.rows) rows.push(row);
    versions.add(page.versionId);
    last = page;
  }
  return {
    uId: last?.uId ?? null,
    tokenExpirationDate: last?.tokenExpirationDate ?? null,
    versionId: last?.versionId ?? null,
    rows,
    oneVersion: versions.size <= 1,
  };
}
