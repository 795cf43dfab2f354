/**
 * Stores pages as they arrive while the next ones are read: one by one if the database is faster than Apple, else
 * several together, up to about `sliceRows`. At most one slice is being stored at a time, and meanwhile reading stops a
 * few pages ahead. Returns the last page.
 */
export async function storePages<Page extends { rows: readonly unknown[] }>(
  pages: AsyncIterable<Page>,
  sliceRows: number,
  store: (slice: readonly Page[]) => Promise<void>,
): Promise<Page | null> {
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  let slice: Page[] = [];
  let rows = 0;
  let last: Page | null = null;
  const write = async () => {
    await writing;
    const full = slice;
    slice = [];
    rows = 0;
    busy = true;
    writing = store(full).finally(() => {
      busy = false;
    });
    // Awaited before the next slice; until then a failure must not count as unhandled.
    writing.catch(() => undefined);
  };
  for await (const page of pages) {
    last = page;
    slice.push(page);
    rows += page.rows.length;
    if (!busy || rows >= sliceRows) await write();
  }
  if (slice.length > 0) await write();
  await writing;
  return last;
}
