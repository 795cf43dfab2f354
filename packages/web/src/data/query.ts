import { hashKey, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { AnyRoute, CallInput, ResponseOf } from '@winesap/api';
import { api } from './api.ts';
import { type InputArgs, type InputOf, type ReadKey, readKey } from './reads.ts';

/** Reads a route: options for `useQuery`, `useSuspenseQuery` and the cache, under a key made of the route and its input. */
export function query<R extends AnyRoute>(route: R, ...[input]: InputArgs<R>) {
  return queryOptions({
    queryKey: readKey(route, input ?? {}),
    queryFn: ({ signal }): Promise<ResponseOf<R>> => api.call(route, { ...input, signal } as CallInput<R>),
  });
}

/** A route that answers page by page. */
type PagedRoute = AnyRoute & { response: { _zod: { output: { nextCursor: string | null } } } };

/**
 * Reads a list page by page. While another filter of the same list is read, the rows of the one before stay; another
 * list, one of another location perhaps, begins empty.
 */
export function infinite<R extends PagedRoute>(route: R, ...[input]: InputArgs<R>) {
  const key = readKey(route, input ?? {}, 'pages');
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ signal, pageParam }): Promise<ResponseOf<R>> => {
      const { query, ...rest } = (input ?? {}) as InputOf<R>;
      return api.call(route, {
        ...rest,
        query: pageParam === null ? query : { ...query, cursor: pageParam },
        signal,
      } as CallInput<R>);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page: ResponseOf<R>) => page.nextCursor,
    placeholderData: (shown, before) => (before !== undefined && isSamePlace(before.queryKey, key) ? shown : undefined),
  });
}

function isSamePlace([beforeRoute, before]: ReadKey, [route, input]: ReadKey): boolean {
  return beforeRoute === route && hashKey([before.params]) === hashKey([input.params]);
}
