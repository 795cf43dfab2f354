const AT_A_TIME = 500;

/** Yields every row of a paged list, page by page, for exports; memory use stays constant. */
export async function* everyRow<Row>(
  readPage: (page: { limit: number; cursor?: string | undefined }) => Promise<{
    rows: readonly Row[];
    nextCursor: string | null;
  }>,
): AsyncGenerator<Row> {
  let cursor: string | undefined;
  do {
    const page = await readPage({ limit: AT_A_TIME, cursor });
    yield* page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
