import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { AssetDay, AssetFilter, AssetList, AssetQuery, AssetSort, LocatedAsset } from '../schemas/asset.ts';
import { Id, PageQuery } from '../schemas/common.ts';
import { HolderFilter, HolderKind, HolderPage, HolderQuery, Holding } from '../schemas/holder.ts';
import { AssetDetail, LocationDetail } from '../schemas/location.ts';

const tag = 'Licenses';
const LocationParams = z.strictObject({ uId: z.string().min(1).max(60) });
const AssetParams = LocationParams.extend({
  adamId: z.string().min(1).max(40),
  pricingParam: z.string().min(1).max(20),
});
const HolderName = z.string().trim().min(1).max(400);
const HoldingFilter = z.strictObject({
  holder: HolderName.describe('The whole serial number (in either case) or clientUserId.'),
  uId: z.string().min(1).max(60).optional().describe('Only in this location.'),
  kind: HolderKind.optional(),
});
const DayRange = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });
const OrganizationFilter = z.strictObject({ organizationId: Id.optional() });

export const licenses = {
  findAssets: defineRoute('GET', '/api/assets', {
    access: 'viewer',
    tag,
    summary: 'Assets of all locations: by name, or those that are low',
    query: AssetFilter.extend(OrganizationFilter.shape).extend(PageQuery.shape),
    response: z.object({ assets: z.array(LocatedAsset), nextCursor: z.string().nullable() }),
    refusals: ['cursor.invalid'],
  }),
  exportFoundAssets: defineRoute('GET', '/api/assets.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed',
    query: AssetFilter.extend(OrganizationFilter.shape),
    answers: 'csv',
  }),
  getLocation: defineRoute('GET', '/api/locations/{uId}', {
    access: 'viewer',
    tag,
    summary: 'A location and what it owns, in numbers',
    params: LocationParams,
    response: LocationDetail,
    refusals: ['location.not-found'],
  }),
  listLocationAssets: defineRoute('GET', '/api/locations/{uId}/assets', {
    access: 'viewer',
    tag,
    summary: 'Assets of a location, a page at a time in a stable order',
    params: LocationParams,
    query: AssetQuery,
    response: AssetList,
    refusals: ['location.not-found', 'cursor.invalid'],
  }),
  exportLocationAssets: defineRoute('GET', '/api/locations/{uId}/assets.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed',
    params: LocationParams,
    query: AssetFilter.extend(AssetSort.shape),
    answers: 'csv',
    refusals: ['location.not-found'],
  }),
  getAsset: defineRoute('GET', '/api/locations/{uId}/assets/{adamId}/{pricingParam}', {
    access: 'viewer',
    tag,
    summary: 'One asset of a location; with asOf also its counts on a past day',
    params: AssetParams,
    query: z.strictObject({ asOf: z.iso.date().optional().describe('A day, UTC.') }),
    response: AssetDetail,
    refusals: ['location.not-found', 'asset.not-found'],
  }),
  getAssetHistory: defineRoute('GET', '/api/locations/{uId}/assets/{adamId}/{pricingParam}/history', {
    access: 'viewer',
    tag,
    summary: 'Its counts over time, oldest first: a row for each day on which something changed',
    description:
      'Between two rows nothing changed. The row before `from` is given too, so that a plot has somewhere to start. Days get fewer with age: see docs/licenses.md.',
    params: AssetParams,
    query: DayRange,
    response: z.object({ days: z.array(AssetDay) }),
    refusals: ['location.not-found', 'asset.not-found'],
  }),
  exportAssetHistory: defineRoute('GET', '/api/locations/{uId}/assets/{adamId}/{pricingParam}/history.csv', {
    access: 'viewer',
    tag,
    summary: 'The same days as CSV',
    params: AssetParams,
    query: DayRange,
    answers: 'csv',
    refusals: ['location.not-found', 'asset.not-found'],
  }),
  listHolders: defineRoute('GET', '/api/locations/{uId}/assets/{adamId}/{pricingParam}/holders', {
    access: 'viewer',
    tag,
    summary: 'Who holds a license of it, a page at a time in a stable order',
    params: AssetParams,
    query: HolderQuery,
    response: HolderPage,
    refusals: ['location.not-found', 'asset.not-found', 'cursor.invalid'],
  }),
  exportHolders: defineRoute('GET', '/api/locations/{uId}/assets/{adamId}/{pricingParam}/holders.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed: one reading from beginning to end',
    params: AssetParams,
    query: HolderFilter,
    answers: 'csv',
    refusals: ['location.not-found', 'asset.not-found'],
  }),
  exportAssignments: defineRoute('GET', '/api/locations/{uId}/assignments.csv', {
    access: 'viewer',
    tag,
    summary: 'Every assignment of a location as CSV, streamed: one reading from beginning to end',
    params: LocationParams,
    query: z.strictObject({ kind: HolderKind.optional() }),
    answers: 'csv',
    refusals: ['location.not-found'],
  }),
  listHoldings: defineRoute('GET', '/api/holdings', {
    access: 'viewer',
    tag,
    summary: 'What a device or a user holds, in one location or in all',
    query: HoldingFilter,
    response: z.object({
      holdings: z.array(Holding),
      complete: z.boolean().describe('False when there are more than 1,000.'),
    }),
  }),
  exportHoldings: defineRoute('GET', '/api/holdings.csv', {
    access: 'viewer',
    tag,
    summary: 'The same as CSV, and all of it',
    query: HoldingFilter,
    answers: 'csv',
  }),
};
