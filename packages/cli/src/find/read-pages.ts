const PAGE = 500;

/** Returns rows of all necessary pages, up to `limit`; `more` if there are others. */
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
