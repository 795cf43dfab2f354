import type { QueryInputOf, routes } from '@winesap/api';

/** What the address says of the screen; every part a text. */
export interface LicenseSearch {
  q?: string | undefined;
  /** Not said: what runs out as long as nothing is searched for, then everything that is found. */
  low?: string | undefined;
  organizationId?: string | undefined;
  holder?: string | undefined;
}

type LicenseFilter = QueryInputOf<typeof routes.exportFoundAssets>;

export function showsOnlyLow({ q = '', low }: LicenseSearch): boolean {
  return low === undefined ? q.trim() === '' : low === 'true';
}

/** The server's filter for an address; what is mistyped is left out instead of refused. */
export function licenseFilterOf(search: LicenseSearch): LicenseFilter {
  const q = search.q?.trim().slice(0, 200) ?? '';
  const { organizationId } = search;
  return {
    ...(q === '' ? {} : { q }),
    ...(showsOnlyLow(search) ? { low: 'true' as const } : {}),
    ...(organizationId === undefined ? {} : { organizationId }),
  };
}
