import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type QueryInputOf, routes } from '@winesap/api';
import { api } from './api.ts';

/**
 * What a location holds, with the key under which it is kept. All keys begin with `location` and its number: after a
 * scan everything shown of a location is read again.
 */
export interface AssetKey {
  uId: string;
  adamId: string;
  pricingParam: string;
}

export const locationQuery = (uId: string) =>
  queryOptions({
    queryKey: ['location', uId],
    queryFn: ({ signal }) => api.call(routes.getLocation, { params: { uId }, signal }),
  });

export type AssetFilter = QueryInputOf<typeof routes.exportLocationAssets>;

const ASSETS_AT_ONCE = 200;

export const assetsQuery = (uId: string, filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: ['location', uId, 'assets', filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listLocationAssets, {
        params: { uId },
        query: { ...filter, limit: ASSETS_AT_ONCE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export const assetQuery = ({ uId, ...rest }: AssetKey, asOf: string | undefined) =>
  queryOptions({
    queryKey: ['location', uId, 'asset', rest, asOf ?? null],
    queryFn: ({ signal }) =>
      api.call(routes.getAsset, { params: { uId, ...rest }, query: asOf === undefined ? {} : { asOf }, signal }),
    placeholderData: keepPreviousData,
  });

export const assetHistoryQuery = ({ uId, ...rest }: AssetKey) =>
  queryOptions({
    queryKey: ['location', uId, 'asset-history', rest],
    queryFn: async ({ signal }) => (await api.call(routes.getAssetHistory, { params: { uId, ...rest }, signal })).days,
  });

export type HolderFilter = Pick<QueryInputOf<typeof routes.listHolders>, 'q' | 'kind'>;

const HOLDERS_AT_ONCE = 200;

export const holdersQuery = ({ uId, ...rest }: AssetKey, filter: HolderFilter) =>
  infiniteQueryOptions({
    queryKey: ['location', uId, 'holders', rest, filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listHolders, {
        params: { uId, ...rest },
        query: { ...filter, limit: HOLDERS_AT_ONCE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export type UserFilter = QueryInputOf<typeof routes.exportUsers>;

const USERS_AT_ONCE = 200;

export const usersQuery = (uId: string, filter: UserFilter) =>
  infiniteQueryOptions({
    queryKey: ['location', uId, 'users', filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listUsers, {
        params: { uId },
        query: { ...filter, limit: USERS_AT_ONCE, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

/** What a device or a user holds in this location. */
export const holdingsQuery = (uId: string, holder: string) =>
  queryOptions({
    queryKey: ['location', uId, 'holdings', holder],
    queryFn: ({ signal }) => api.call(routes.listHoldings, { query: { holder, uId }, signal }),
  });

/** The stream tells how a release goes; where that is lost, asking now and then tells it too. */
const FOLLOW_MS = 5_000;

export const releasesQuery = ({ uId, adamId, pricingParam }: AssetKey) =>
  queryOptions({
    queryKey: ['location', uId, 'releases', adamId],
    queryFn: async ({ signal }) =>
      (await api.call(routes.listReleases, { params: { uId }, query: { adamId }, signal })).releases,
    select: (releases) => releases.filter((release) => release.pricingParam === pricingParam),
    refetchInterval: ({ state }) =>
      state.data?.some(({ finishedAt }) => finishedAt === null) === true ? FOLLOW_MS : false,
  });

export const notificationHealthQuery = (uId: string, tokenId: string) =>
  queryOptions({
    queryKey: ['location', uId, 'notification-health'],
    queryFn: ({ signal }) => api.call(routes.getNotificationHealth, { params: { tokenId }, signal }),
    refetchInterval: LOOK_MS,
  });

export type InboxState = NonNullable<QueryInputOf<typeof routes.listNotifications>['state']>;

/** Nothing in the stream tells of a notification as such; while somebody looks, the inbox is looked at now and then. */
const LOOK_MS = 15_000;

export const inboxQuery = (uId: string, tokenId: string, state: InboxState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['location', uId, 'inbox', state ?? null],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listNotifications, {
        params: { tokenId },
        query: {
          limit: 20,
          ...(state === undefined ? {} : { state }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_MS,
  });
