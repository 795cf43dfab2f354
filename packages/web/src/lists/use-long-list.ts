import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePrintedWhole } from './rows/print-whole.ts';

/** A list as far as it was read. */
export interface LongListRows<Page, Row> {
  /** Of what was asked for; undefined while that is read. */
  first: Page | undefined;
  /** What is shown: while another filter is read, the page of the filter before. */
  shown: Page | undefined;
  rows: readonly Row[];
  hasMore: boolean;
  error: Error | null;
  readMore: () => void;
}

/** So many more pages are read before a list is printed; the paper says where it ends. */
const PRINTED_PAGES = 50;

/** The rows of all pages. `rowsOf` must stay the same function, or the rows are other ones at every drawing. */
export function useLongList<Page, Row>(
  list: UseInfiniteQueryResult<InfiniteData<Page>>,
  rowsOf: (page: Page) => readonly Row[],
): LongListRows<Page, Row> {
  usePrintedWhole(async () => {
    let read: Pick<typeof list, 'data' | 'hasNextPage' | 'fetchNextPage'> = list;
    for (let pages = 0; read.hasNextPage && pages < PRINTED_PAGES; pages++) read = await read.fetchNextPage();
  });
  const rows = useMemo(() => list.data?.pages.flatMap(rowsOf) ?? [], [list.data, rowsOf]);
  return {
    first: list.isPlaceholderData ? undefined : list.data?.pages[0],
    shown: list.data?.pages[0],
    rows,
    hasMore: list.hasNextPage,
    error: list.error,
    readMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
  };
}
