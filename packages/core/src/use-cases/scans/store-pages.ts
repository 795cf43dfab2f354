/**
 * Stores pages as they come, while the next ones are read: at once where the database is quicker than Apple, else several
 * together, up to about `sliceRows`. Never more than one slice is on its way, and while it is, reading stops a few pages
 * ahead. Gives the last page.
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
    // Looked at before the next slice; until then a failure must not count as unhandled.
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
