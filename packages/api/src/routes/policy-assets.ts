import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { AssetFilter, AssetList, AssetQuery, AssetSort } from '../schemas/asset.ts';
import { Id } from '../schemas/common.ts';

const tag = 'Organizations and policies';
const _OrganizationParams = z.strictObject({ organizationId: Id });
const PolicyParams = z.strictObject({ policyId: Id });

export const policyAssets = {
  listAssets: defineRoute('GET', '/api/policies/{policyId}/assets', {
    access: 'viewer',
    tag,
    summary: 'Apps and Books Assets of the token this policy uses',
    params: PolicyParams,
    query: AssetQuery,
    response: AssetList,
    refusals: ['policy.not-found', 'cursor.invalid'],
  }),
  exportAssets: defineRoute('GET', '/api/policies/{policyId}/assets.csv', {
    access: 'viewer',
    tag,
    summary: 'The same as CSV',
    params: PolicyParams,
    query: AssetFilter.extend(AssetSort.shape),
    answers: 'csv',
    refusals: ['policy.not-found'],
  }),
  getIcon: defineRoute('GET', '/api/icons/{adamId}', {
    access: 'viewer',
    tag,
    summary: 'The icon of an asset, from the store, cached',
    params: z.strictObject({ adamId: z.string().regex(/^\d{1,20}$/) }),
    answers: 'image',
    refusals: ['icon.not-found'],
  }),
};
