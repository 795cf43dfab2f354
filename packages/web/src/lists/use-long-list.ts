import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';

/** A list as far as it was read. */
export interface LongListRows<Page, Row> {
  /** Undefined while nothing was read. */
  first: Page | undefined;
  rows: readonly Row[];
  hasMore: boolean;
  error: Error | null;
  readMore: () => void;
}

/** The rows of all pages. `rowsOf` must stay the same function, or the rows are other ones at every drawing. */
export function useLongList<Page, Row>(
  list: UseInfiniteQueryResult<InfiniteData<Page>>,
  rowsOf: (page: Page) => readonly Row[],
): LongListRows<Page, Row> {
  const rows = useMemo(() => list.data?.pages.flatMap(rowsOf) ?? [], [list.data, rowsOf]);
  return {
    first: list.data?.pages[0],
    rows,
    hasMore: list.hasNextPage,
    error: list.error,
    readMore: () => {
      if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    },
  };
}
