const PAGE = 500;

/** Rows of as many pages as it takes, at most `limit` of them; `more` when there are others. */
export async function readPages<Row>(
  limit: number,
  read: (page: { limit: number; cursor?: string }) => Promise<{ rows: Row[]; nextCursor: string | null }>,
): Promise<{ rows: Row[]; more: boolean }> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: { rows: Row[]; nextCursor: string | null } = await read({
      limit: Math.min(PAGE, limit - rows.length),
      ...(cursor !== null && { cursor }),
    });
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null && rows.length < limit);
  return { rows, more: cursor !== null };
}
