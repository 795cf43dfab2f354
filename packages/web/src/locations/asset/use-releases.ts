import { useQuery } from '@tanstack/react-query';
import { type Release, routes } from '@winesap/api';
import type { AssetKey } from '../../data/queries.ts';
import { query } from '../../data/query.ts';

/** The stream tells how a release goes; where that is lost, asking now and then tells it too. */
const FOLLOW_MS = 5_000;
const NONE: readonly Release[] = [];

/** Licenses of an asset that were released by hand, newest first. */
export function useReleases({ uId, adamId, pricingParam }: AssetKey): readonly Release[] {
  const { data = NONE } = useQuery({
    ...query(routes.listReleases, { params: { uId }, query: { adamId } }),
    select: ({ releases }) => releases.filter((release) => release.pricingParam === pricingParam),
    refetchInterval: ({ state }) =>
      state.data?.releases.some(({ finishedAt }) => finishedAt === null) === true ? FOLLOW_MS : false,
  });
  return data;
}
