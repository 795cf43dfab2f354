import type { EndpointId } from '@winesap/contract';
import type { Location } from '../world/location.ts';
import { touchVersions } from './answer-faults.ts';
import type { ActiveFault, Faults, Occasion } from './faults.ts';

/** How the rows of a listing are shown: all of them, unless faults leave some out or cut the pages differently. */
export interface Listing {
  readonly pageSize: number;
  /** The rows left out of `count`; a length of 0 leaves out none. */
  readonly gap: (count: number) => Gap;
}

export interface Gap {
  readonly from: number;
  readonly length: number;
}

const EMPTY = {
  getAssets: 'empty-assets',
  getAssignments: 'empty-assignments',
  getUsers: 'empty-users',
} as const satisfies Partial<Record<EndpointId, string>>;

/** Read page by page, by index. */
export type ListingId = keyof typeof EMPTY;

export function isListing(id: EndpointId): id is ListingId {
  return Object.hasOwn(EMPTY, id);
}

export function wholeListing(pageSize: number): Listing {
  return { pageSize, gap: () => ({ from: 0, length: 0 }) };
}

/** What is no filter: where in the listing, since when, and how it is shown. */
const NO_FILTERS = new Set(['pageIndex', 'sinceVersionId', 'includeUserState', 'unlimited']);

/** The query without the filters a fault says are ignored. */
export function ignoreFilters(faults: Faults, query: URLSearchParams, occasion: Occasion): URLSearchParams {
  const fault = faults.strike('ignored-filters', occasion);
  if (fault === undefined) return query;
  const { filter } = fault.options;
  const ignored = (name: string) => (filter === null ? !NO_FILTERS.has(name) : name === filter);
  return new URLSearchParams([...query].filter(([name]) => !ignored(name)));
}

/** Strikes before the rows of a page are chosen. */
export function strikeListing(
  faults: Faults,
  id: ListingId,
  location: Location,
  occasion: Occasion,
  pageSize: number,
): Listing {
  if (faults.active.length === 0) return wholeListing(pageSize);
  const resized = faults.strike('changing-page-size', occasion);
  const size = resized === undefined ? pageSize : Math.max(1, Math.round(pageSize * Number(resized.options.factor)));
  if (faults.strike(EMPTY[id], occasion) !== undefined) {
    return { pageSize: size, gap: (count) => ({ from: 0, length: count }) };
  }
  const short = faults.strike('short-list', occasion);
  if (short !== undefined) return { pageSize: size, gap: (count) => shortBy(short, count) };
  const shrinking = faults.strike('shrinking-pages', occasion);
  if (shrinking === undefined) return { ...wholeListing(size) };
  touchVersions(location);
  const lost = (shrinking.struck - 1) * pageSize;
  return { pageSize: size, gap: (count) => endOf(count, Math.min(count, lost)) };
}

function shortBy({ options }: ActiveFault, count: number): Gap {
  const wanted = Number(options.rows) > 0 ? Number(options.rows) : Math.ceil(count * Number(options.share));
  const length = Math.max(0, Math.min(count, wanted));
  switch (options.where) {
    case 'start':
      return { from: 0, length };
    case 'middle':
      return { from: Math.floor((count - length) / 2), length };
    default:
      return endOf(count, length);
  }
}

function endOf(count: number, length: number): Gap {
  return { from: count - length, length };
}
