import type { LocationRef } from '@winesap/api';

/** Where something is, for who looks at all locations: the location, and whose it is. */
export function placeWords({ locationName, organizationName }: LocationRef): string {
  return organizationName === null || organizationName === locationName
    ? locationName
    : `${locationName} · ${organizationName}`;
}
