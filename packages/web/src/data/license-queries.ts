import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type QueryInputOf, routes } from '@winesap/api';
import { api } from './api.ts';

/** What is shown of the licenses of all locations. All keys begin with `licenses`: after any scan they are read again. */
export type LicenseFilter = QueryInputOf<typeof routes.exportFoundAssets>;

const AT_ONCE = 200;

export const foundAssetsQuery = (filter: LicenseFilter) =>
  infiniteQueryOptions({
    queryKey: ['licenses', 'assets', filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.findAssets, {
        query: { ...filter, limit: AT_ONCE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** What a device or a user holds, wherever it is: every location is looked into, so it is asked for only by hand. */
export const allHoldingsQuery = (holder: string) =>
  queryOptions({
    queryKey: ['holdings', holder],
    queryFn: ({ signal }) => api.call(routes.listHoldings, { query: { holder }, signal }),
  });
