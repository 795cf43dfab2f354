import { AppError, requestRelease } from '@winesap/core';
import { readRelease, readReleases } from '../../store/reads/releases.ts';
import type { Handlers } from '../handler.ts';
import type { Context } from './context.ts';
import { locationOrRefuse } from './location-or-refuse.ts';

export function releaseHandlers(context: Context): Pick<Handlers, 'requestRelease' | 'getRelease' | 'listReleases'> {
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
  };
}
