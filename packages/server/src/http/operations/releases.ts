import { AppError, requestRelease } from '@winesap/core';
import { readAllReleases, readRelease, readReleases } from '../../store/operations/reads/releases.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { locationOrRefuse } from '../locations/location-or-refuse.ts';
import { RELEASE_COLUMNS } from './columns.ts';

export function releaseHandlers(context: Context): HandlersOf<'releases'> {
  const { deps, db, now } = context;
  const release = async (releaseId: string) => {
    const found = await readRelease(db, releaseId);
    if (found === null) throw new AppError('release.not-found', { releaseId });
    return found;
  };
  return {
    requestRelease: async ({ params, body, actor }) => {
      const { uId, adamId, pricingParam } = params;
      const assignment = { adamId, pricingParam, holderKind: body.kind, holder: body.holder };
      return release(await requestRelease(deps, { uId, assignment, confirm: body.confirm }, actor));
    },
    getRelease: ({ params }) => release(params.releaseId),
    listReleases: async ({ params, query }) => {
      await locationOrRefuse(context, params.uId);
      return { releases: await readReleases(db, params.uId, query), readAt: now().toISOString() };
    },
    exportReleases: async ({ params, query, reply }) => {
      await locationOrRefuse(context, params.uId);
      return sendCsv(reply, 'releases', RELEASE_COLUMNS, readAllReleases(db, params.uId, query));
    },
  };
}
