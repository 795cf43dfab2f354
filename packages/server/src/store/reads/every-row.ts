const AT_A_TIME = 500;

/** Every row of a list that is read in pages, one page after the other, for exports: memory stays flat. */
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
