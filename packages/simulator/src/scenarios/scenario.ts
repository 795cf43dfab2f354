import { type Purchase, purchase } from '../world/assets/purchase.ts';
import type { Location } from '../world/location.ts';
import { associate } from '../world/users/user-work.ts';
import type { LocationWanted, World } from '../world/world.ts';

/** A world to start with. Everything in it can be changed afterwards like any other. */
export interface Scenario {
  readonly about: string;
  build(world: World): void;
}

export const DAY_MS = 24 * 3600 * 1000;

/** A location with a token of its content manager, alive for `daysLeft` more days (negative: expired). */
export function addLocation(world: World, wanted: LocationWanted, daysLeft = 300): Location {
  const location = world.addLocation(wanted);
  const expiresAt = world.clock.now() + daysLeft * DAY_MS;
  world.downloadToken(location, { appleId: managerOf(location), expiresAt, revokeOlder: false });
  return location;
}

export function managerOf(location: Location): string {
  return `content@${location.organization.managedDomain}`;
}

export function buyAll(world: World, location: Location, purchases: readonly Purchase[]): void {
  for (const wanted of purchases) purchase(world, location, wanted);
}

/** Users `prefix-1` … each with an account of the organization when `associated`. */
export function addUsers(location: Location, prefix: string, count: number, associated: boolean): void {
  for (let n = 1; n <= count; n++) {
    const user = location.users.create(`${prefix}-${n}`, `${prefix}.${n}@${location.organization.managedDomain}`);
    if (associated) associate(location, user, `${prefix}.${n}@${location.organization.managedDomain}`);
  }
}
