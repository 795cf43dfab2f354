import type { QueryClient, QueryFilters, QueryKey } from '@tanstack/react-query';
import { type AnyRoute, type CallInput, type ParamsOf, type QueryInputOf, type RouteId, routes } from '@winesap/api';

/** What a route is read with. */
export type InputOf<R extends AnyRoute> = Omit<CallInput<R>, 'body' | 'signal'>;

/** May be left out where the route needs none. */
export type InputArgs<R extends AnyRoute> =
  Record<never, never> extends InputOf<R> ? [input?: InputOf<R>] : [InputOf<R>];

/** Everything that an input may be narrowed by: any part of its parameters and its query. */
interface Narrowing<R extends AnyRoute> {
  params?: Partial<ParamsOf<R>>;
  query?: QueryInputOf<R>;
}

/** A key of the cache. It begins with the route's operation id, so that what a route read is found again by the route. */
export type ReadKey = readonly [route: RouteId, input: { params: object; query: object }, ...rest: readonly string[]];

const IDS = new Map<AnyRoute, RouteId>(Object.entries(routes).map(([id, route]) => [route, id as RouteId]));

function idOf(route: AnyRoute): RouteId {
  const id = IDS.get(route);
  if (id === undefined) throw new Error(`${route.method} ${route.path} is not listed in the routes of the API.`);
  return id;
}

/** The key under which the answer to `input` is kept. `rest` tells apart what is made of the same answer. */
export function readKey(route: AnyRoute, input: { params?: unknown; query?: unknown }, ...rest: string[]): ReadKey {
  return [idOf(route), { params: { ...(input.params ?? {}) }, query: { ...(input.query ?? {}) } }, ...rest];
}

/** Whether what is kept was read by this route. */
export function isRead({ queryKey }: { queryKey: QueryKey }, route: AnyRoute): boolean {
  return queryKey[0] === idOf(route);
}

/** What was read by a route: all of it, or what was asked for with (at least) this. */
export function readsOf<R extends AnyRoute>(route: R, narrowing: Narrowing<R> = {}): { queryKey: QueryKey } {
  return { queryKey: readKey(route, narrowing) };
}

/** Everything read of a location, or of any location. */
export function readsOfLocation(uId?: string): QueryFilters {
  return {
    predicate: ({ queryKey }) => {
      const [, { params, query }] = queryKey as ReadKey;
      const read = 'uId' in params ? params.uId : 'uId' in query ? query.uId : undefined;
      return read !== undefined && (uId === undefined || read === uId);
    },
  };
}

/** Reads again, now or when next shown, what these routes read. Resolves when what is shown now is read. */
export async function invalidate(client: QueryClient, ...reads: (AnyRoute | QueryFilters)[]): Promise<void> {
  await Promise.all(reads.map((each) => client.invalidateQueries('path' in each ? readsOf(each) : each)));
}
