import type { Location } from '../../world/location.ts';
import type { User } from '../../world/users/user.ts';

const USERS_PER_LOCATION = 100_000_000;

/** The id Apple gives a user, one per row: a client's id may have several over time. */
export function userIdOf(location: Location, user: User): number {
  return (location.locationId % 1_000_000) * USERS_PER_LOCATION + user.holder + 1;
}
