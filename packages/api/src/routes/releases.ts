import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Id, Instant } from '../schemas/common.ts';
import { HolderKind } from '../schemas/holder.ts';
import { Release, ReleaseFilter } from '../schemas/release.ts';

const tag = 'Licenses';
const LocationParams = z.strictObject({ uId: z.string().min(1).max(60) });
const AssetParams = LocationParams.extend({
  adamId: z.string().min(1).max(40),
  pricingParam: z.string().min(1).max(20),
});

export const releases = {
  requestRelease: defineRoute('POST', '/api/locations/{uId}/assets/{adamId}/{pricingParam}/releases', {
    access: 'admin',
    tag,
    summary: 'Release one license: take it back from the device or user that holds it',
    description:
      'Only where Winesap manages the location. Answers at once; the release is followed to its end in the background. Asked again for the same assignment while it is under way, the same release is answered.',
    status: 202,
    params: AssetParams,
    body: z.strictObject({
      kind: HolderKind,
      holder: z.string().trim().min(1).max(400),
      confirm: z.string().describe('The holder once more: nothing is released by accident.'),
    }),
    response: Release,
    refusals: [
      'location.not-found',
      'asset.not-found',
      'release.watched',
      'release.not-managed',
      'release.token-dead',
      'release.not-revocable',
      'release.not-held',
      'release.confirm-differs',
    ],
  }),
  getRelease: defineRoute('GET', '/api/releases/{releaseId}', {
    access: 'viewer',
    tag,
    summary: 'A release and where it stands',
    params: z.strictObject({ releaseId: Id }),
    response: Release,
    refusals: ['release.not-found'],
  }),
  listReleases: defineRoute('GET', '/api/locations/{uId}/releases', {
    access: 'viewer',
    tag,
    summary: 'The newest 100 releases of a location',
    params: LocationParams,
    query: ReleaseFilter,
    response: z.object({ releases: z.array(Release), readAt: Instant }),
    refusals: ['location.not-found'],
  }),
  exportReleases: defineRoute('GET', '/api/locations/{uId}/releases.csv', {
    access: 'viewer',
    tag,
    summary: 'Every release of a location as CSV, streamed, newest first',
    params: LocationParams,
    query: ReleaseFilter,
    answers: 'csv',
    refusals: ['location.not-found'],
  }),
};
