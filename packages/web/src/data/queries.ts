import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { type QueryInputOf, routes } from '@winesap/api';
import { api } from './api.ts';
import { query } from './query.ts';
import { readKey } from './reads.ts';

/** Reads that are more than a route and its input: kept for another time than the rest, or shown while the next one is read. */
export const setupQuery = { ...query(routes.getSetup), staleTime: 0 };

export const meQuery = { ...query(routes.getMe), staleTime: Number.POSITIVE_INFINITY };

export const removalQuery = (tokenId: string) => ({
  ...query(routes.previewRemoval, { params: { tokenId } }),
  staleTime: 0,
  gcTime: 0,
});

export type EventFilter = QueryInputOf<typeof routes.exportEvents>;

export const FRESH_AT_MOST = 200;

/** How many events came before the newest one listed. Read again when the live stream says that there is something. */
export const freshEventsQuery = (filter: EventFilter, newestId: string | null) => {
  const input = { query: { ...filter, limit: FRESH_AT_MOST } };
  return queryOptions({
    queryKey: readKey(routes.listEvents, input, `since ${newestId}`),
    queryFn: async ({ signal }) => {
      const { events } = await api.call(routes.listEvents, { ...input, signal });
      const known = events.findIndex(({ id }) => id === newestId);
      return known < 0 ? events.length : known;
    },
    initialData: 0,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: newestId !== null,
  });
};

/** How many events of a token are shown as its history. */
export const HISTORY_LENGTH = 12;

/** One event, which a link points at. */
export const eventQuery = (eventId: string) => ({
  ...query(routes.getEvent, { params: { eventId } }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const summaryQuery = (filter: EventFilter) => ({
  ...query(routes.summarizeEvents, { query: filter }),
  placeholderData: keepPreviousData,
});

/** What may be shown of a channel's settings, for the form that changes them. */
export const channelSettingsQuery = (channelId: string) => ({
  ...query(routes.getChannel, { params: { channelId } }),
  staleTime: 0,
  gcTime: 0,
});

export const reportQuery = (filter: QueryInputOf<typeof routes.getReport>) => ({
  ...query(routes.getReport, { query: filter }),
  placeholderData: keepPreviousData,
  staleTime: 0,
});

export interface AssetKey {
  uId: string;
  adamId: string;
  pricingParam: string;
}

export const assetQuery = (key: AssetKey, asOf: string | undefined) => ({
  ...query(routes.getAsset, { params: key, query: asOf === undefined ? {} : { asOf } }),
  placeholderData: keepPreviousData,
});
