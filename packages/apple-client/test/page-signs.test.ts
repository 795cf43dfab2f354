import { describe, expect, test } from 'vitest';
import { quickClient } from './builders.ts';
import { ShiftingTable } from './shifting-table.ts';

type Page = Record<string, unknown>;

const PAGES = 6;
const ROWS = Array.from({ length: PAGES * 5 }, (_, id) => String(id));

/** A client of assignments on six pages whose numbers are changed before they arrive. */
function misread(change: (page: Page, index: number) => Page) {
  const table = new ShiftingTable('assignments', { size: ROWS.length, pageSize: 5, plan: [] });
  const asked: number[] = [];
  const { client } = quickClient('http://table.test', {
    fetch: async (input, init) => {
      const index = Number(new URL(String(input)).searchParams.get('pageIndex') ?? 0);
      asked.push(index);
      const response = await table.fetch(input, init);
      const page = (await response.json()) as Page;
      return Response.json('errorNumber' in page ? page : change(page, index), { status: response.status });
    },
  });
  return { client, asked };
}

const without =
  (name: string, at: (index: number) => boolean = () => true) =>
  (page: Page, index: number) =>
    at(index) ? { ...page, [name]: undefined } : page;

describe('a list of several pages is read whole although Apple', () => {
  test.each<{ errs: string; change: (page: Page, index: number) => Page }>([
    { errs: 'never names a next page', change: without('nextPageIndex') },
    { errs: 'leaves out the next page once in the middle', change: without('nextPageIndex', (index) => index === 2) },
    { errs: 'never says how many pages there are', change: without('totalPages') },
    {
      errs: 'leaves out both once in the middle',
      change: (page, index) => (index === 2 ? { ...page, nextPageIndex: undefined, totalPages: undefined } : page),
    },
    {
      errs: 'skips a page',
      change: (page, index) => (index === 1 ? { ...page, nextPageIndex: 3 } : page),
    },
    { errs: 'points back', change: (page, index) => (index === 3 ? { ...page, nextPageIndex: 1 } : page) },
    { errs: 'counts a page too few', change: (page) => ({ ...page, totalPages: PAGES - 1 }) },
    { errs: 'counts pages that are not there', change: (page) => ({ ...page, totalPages: PAGES + 3 }) },
    { errs: 'calls every page the first', change: (page) => ({ ...page, currentPageIndex: 0 }) },
    { errs: 'leaves out the version once', change: without('versionId', (index) => index === 3) },
    { errs: 'never says which version it is', change: without('versionId') },
  ])('$errs', async ({ change }) => {
    const { client } = misread(change);

    const { rows, consistency } = await client.assignments();

    expect(rows.map(({ adamId }) => adamId)).toEqual(ROWS);
    expect(consistency).toBe('one-version');
  });

  test('names the first page as the next one forever', async () => {
    const { client, asked } = misread((page) => ({ ...page, nextPageIndex: 0 }));

    const { rows } = await client.assignments();

    expect(rows).toHaveLength(ROWS.length);
    expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

test('a list that never ends is abandoned a few pages after the last one counted', async () => {
  const asked: number[] = [];
  const { client } = quickClient('http://table.test', {
    fetch: async (input) => {
      const index = Number(new URL(String(input)).searchParams.get('pageIndex') ?? 0);
      asked.push(index);
      const rows = [{ adamId: String(index), serialNumber: 'S1' }];
      return Response.json({ assignments: rows, nextPageIndex: index + 1, totalPages: 2, size: 1, versionId: 'v' });
    },
  });

  await client.assignments();

  expect(Math.max(...asked)).toBeLessThanOrEqual(12);
});

test('pages carry what Apple said about them, as evidence of completeness', async () => {
  const { client } = misread((page, index) => ({ ...page, currentPageIndex: 7, size: index === 0 ? -1 : 2 ** 60 }));

  const page = await client.assignmentPage(1);

  expect(page).toMatchObject({ pageIndex: 1, nextPageIndex: 2 });
  expect(page.said).toEqual({ currentPageIndex: 7, nextPageIndex: 2, totalPages: PAGES, size: null });
});
