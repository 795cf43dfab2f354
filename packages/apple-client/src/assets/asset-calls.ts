import { type Collected, collectOneVersion, collectRecovering } from '../paging/collect.ts';
import { type OneVersionOptions, pagesOfOneVersion, type VersionedPage } from '../paging/one-version.ts';
import type { PagePlace, RawPage } from '../paging/page.ts';
import { type Consistency, type RecoveringPage, recoveringPages } from '../paging/recovering.ts';
import type { CallOptions, Query } from '../transport/call.ts';
import type { Send } from '../transport/sender.ts';
import type { Time } from '../transport/time.ts';
import { type Asset, readAssetsPage } from './asset.ts';
import { type Assignment, assignmentKey, readAssignmentsPage } from './assignment.ts';
import type { AssetFilters, AssignmentFilters } from './filters.ts';

export interface AssetCalls {
  /**
   * Returns one page of assets, as Apple sends it. To read all of them, use `assets` or `assetPages`.
   * Errors: 9650 page out of range. Source: get-assets-4ski1 (documented).
   */
  assetPage(pageIndex: number, filters?: AssetFilters, options?: CallOptions): Promise<RawPage<Asset>>;
  /**
   * Yields the assets page by page, all of one version, read in parallel within the limiter. If the data may change
   * during the read, pass `onRestart` and discard what you have when it is called. Without it, the iteration fails
   * (`moved`).
   */
  assetPages(
    filters?: AssetFilters,
    options?: CallOptions & OneVersionOptions,
  ): AsyncGenerator<VersionedPage<Asset>, void, undefined>;
  /** Returns all assets, of one version. If the data changes, reads again up to six times, then fails (`moved`). */
  assets(filters?: AssetFilters, options?: CallOptions): Promise<Collected<Asset>>;
  /**
   * Returns one page of active assignments, as Apple sends it. Errors: 9650 page out of range, 9721 unknown
   * `sinceVersionId`. Source: get-assignments-9wv1e (documented).
   */
  assignmentPage(pageIndex: number, filters?: AssignmentFilters, options?: CallOptions): Promise<RawPage<Assignment>>;
  /**
   * Yields the active assignments page by page, read in parallel within the limiter, followed by what changed in the
   * meantime. Rows can repeat: store them by `assignmentKey`; the later one wins. The last page says how far to trust
   * the whole (`consistency`) and where to resume next time (`resumeVersionId`). Holds only a few pages in memory.
   * `from` resumes an interrupted read: if the version has changed since, the first page yielded has index 0 and
   * everything read before is void.
   */
  assignmentPages(
    filters?: AssignmentFilters,
    options?: CallOptions & { readonly from?: PagePlace | undefined },
  ): AsyncGenerator<RecoveringPage<Assignment>, void, undefined>;
  /** Returns all active assignments, each exactly once. */
  assignments(
    filters?: AssignmentFilters,
    options?: CallOptions,
  ): Promise<Collected<Assignment> & { readonly consistency: Consistency }>;
}

/**
 * The number of pages requested ahead. It exceeds the number allowed at once, so that the limiter always has one
 * waiting.
 */
export const PAGES_AHEAD = 8;

export function assetCalls(send: Send, time: Time): AssetCalls {
  const assetPage: AssetCalls['assetPage'] = (pageIndex, filters, options) =>
    send(
      { doing: 'retrieving token assets', method: 'GET', path: '/mdm/v2/assets', query: paged(pageIndex, filters) },
      (answer) => readAssetsPage(answer, pageIndex),
      options,
    );
  const assignmentPage: AssetCalls['assignmentPage'] = (pageIndex, filters, options) =>
    send(
      {
        doing: 'retrieving token assignments',
        method: 'GET',
        path: '/mdm/v2/assignments',
        query: paged(pageIndex, filters),
      },
      (answer) => readAssignmentsPage(answer, pageIndex),
      options,
    );
  const assetPages: AssetCalls['assetPages'] = (filters, options = {}) =>
    pagesOfOneVersion((pageIndex, signal) => assetPage(pageIndex, filters, { ...options, signal }), options, {
      doing: 'retrieving token assets',
      width: PAGES_AHEAD,
      time,
      signal: options.signal,
    });
  const assignmentPages: AssetCalls['assignmentPages'] = (filters = {}, options = {}) =>
    recoveringPages(
      (pageIndex, since, signal) =>
        assignmentPage(pageIndex, since === undefined ? filters : { ...filters, sinceVersionId: since }, {
          ...options,
          signal,
        }),
      filters.sinceVersionId,
      { key: assignmentKey, width: PAGES_AHEAD, signal: options.signal, from: options.from },
    );
  return {
    assetPage,
    assetPages,
    assets: (filters, options) => collectOneVersion((onRestart) => assetPages(filters, { ...options, onRestart })),
    assignmentPage,
    assignmentPages,
    assignments: (filters, options) => collectRecovering(assignmentPages(filters, options), assignmentKey),
  };
}

/** The first page is requested without an index, as in Apple's guide. */
export function paged(pageIndex: number, filters: object | undefined): Query {
  return { ...filters, pageIndex: pageIndex === 0 ? undefined : pageIndex };
}
