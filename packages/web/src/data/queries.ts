import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type QueryInputOf, routes } from '@winesap/api';
import { api } from './api.ts';

/** Every read of the console, with the key under which it is kept. The live stream names these keys too. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.call(routes.getSetup, { signal }),
  staleTime: 0,
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.call(routes.getMe, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => api.call(routes.listTokens, { signal }),
});

export const tokenQuery = (tokenId: string) =>
  queryOptions({
    queryKey: ['token', tokenId],
    queryFn: ({ signal }) => api.call(routes.getToken, { params: { tokenId }, signal }),
  });

export const removalQuery = (tokenId: string) =>
  queryOptions({
    queryKey: ['removal', tokenId],
    queryFn: ({ signal }) => api.call(routes.previewRemoval, { params: { tokenId }, signal }),
    staleTime: 0,
    gcTime: 0,
  });

export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: async ({ signal }) => (await api.call(routes.listOrganizations, { signal })).organizations,
});

export const policiesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['policies', organizationId],
    queryFn: async ({ signal }) =>
      (await api.call(routes.listPolicies, { params: { organizationId }, signal })).policies,
  });

export const policyQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policy', policyId],
    queryFn: ({ signal }) => api.call(routes.getPolicy, { params: { policyId }, signal }),
  });

export type EventFilter = QueryInputOf<typeof routes.exportEvents>;

export const eventsQuery = (filter: EventFilter) =>
  infiniteQueryOptions({
    queryKey: ['events', filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listEvents, {
        query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export const FRESH_AT_MOST = 200;

/** How many events came before the newest one listed. Read again when the live stream says that there is something. */
export const freshEventsQuery = (filter: EventFilter, newestId: string | null) =>
  queryOptions({
    queryKey: ['events-fresh', filter, newestId],
    queryFn: async ({ signal }) => {
      const { events } = await api.call(routes.listEvents, { query: { ...filter, limit: FRESH_AT_MOST }, signal });
      const known = events.findIndex(({ id }) => id === newestId);
      return known < 0 ? events.length : known;
    },
    initialData: 0,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: newestId !== null,
  });

/** One event, which a link points at. */
export const eventQuery = (eventId: string) =>
  queryOptions({
    queryKey: ['event', eventId],
    queryFn: ({ signal }) => api.call(routes.getEvent, { params: { eventId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const summaryQuery = (filter: EventFilter) =>
  queryOptions({
    queryKey: ['events-summary', filter],
    queryFn: ({ signal }) => api.call(routes.summarizeEvents, { query: filter, signal }),
    placeholderData: keepPreviousData,
  });

/** Upload links of a token, and files that wait to be confirmed. For admins. */
export const uploadsQuery = (tokenId: string) =>
  queryOptions({
    queryKey: ['uploads', tokenId],
    queryFn: ({ signal }) => api.call(routes.listUploads, { params: { tokenId }, signal }),
  });

/** The last events of one token: its history. */
export const historyQuery = (tokenId: string) =>
  queryOptions({
    queryKey: ['history', tokenId],
    queryFn: ({ signal }) => api.call(routes.listEvents, { query: { tokenId, limit: 12 }, signal }),
  });

/** Scans of a token, newest first. */
export const scansQuery = (tokenId: string) =>
  infiniteQueryOptions({
    queryKey: ['scans', tokenId],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listScans, {
        params: { tokenId },
        query: { limit: 10, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: async ({ signal }) => (await api.call(routes.listPeople, { signal })).people,
});

/** What works without signing in for whoever has its address, by the person who made it; for owners. */
export const openLinksQuery = queryOptions({
  queryKey: ['open-links'],
  queryFn: ({ signal }) => api.call(routes.listOpenLinks, { signal }),
});

/** Everybody's, for owners. */
export const allKeysQuery = queryOptions({
  queryKey: ['keys', 'all'],
  queryFn: async ({ signal }) => (await api.call(routes.listAllKeys, { signal })).keys,
});

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async ({ signal }) => (await api.call(routes.listKeys, { signal })).keys,
});

export type AlertFilter = Omit<QueryInputOf<typeof routes.listAlerts>, 'cursor' | 'limit'>;

export const alertsQuery = (filter: AlertFilter) =>
  infiniteQueryOptions({
    queryKey: ['alerts', filter],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listAlerts, {
        query: { ...filter, limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: async ({ signal }) => (await api.call(routes.listRules, { signal })).rules,
});

export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await api.call(routes.listChannels, { signal })).channels,
});

/** What may be shown of a channel's settings, for the form that changes them. */
export const channelSettingsQuery = (channelId: string) =>
  queryOptions({
    queryKey: ['channels', channelId],
    queryFn: async ({ signal }) => (await api.call(routes.getChannel, { params: { channelId }, signal })).settings,
    staleTime: 0,
    gcTime: 0,
  });

export const deliveriesQuery = (channelId: string) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', channelId],
    queryFn: ({ signal, pageParam }) =>
      api.call(routes.listDeliveries, {
        params: { channelId },
        query: { limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const feedsQuery = queryOptions({
  queryKey: ['feeds'],
  queryFn: async ({ signal }) => (await api.call(routes.listCalendarFeeds, { signal })).feeds,
});

export const reportQuery = (query: QueryInputOf<typeof routes.getReport>) =>
  queryOptions({
    queryKey: ['report', query],
    queryFn: ({ signal }) => api.call(routes.getReport, { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
