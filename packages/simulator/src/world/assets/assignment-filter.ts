import type { Location, RemovedAssignment } from '../location.ts';
import { isActive } from '../users/user.ts';
import type { PricingParam } from './asset.ts';

export interface AssignmentFilter {
  readonly adamId: string | undefined;
  readonly pricingParam: PricingParam | undefined;
  readonly clientUserId: string | undefined;
  readonly serialNumber: string | undefined;
  readonly activeUsersOnly: boolean;
  /** Only users or only devices; undefined is both. */
  readonly heldBy?: 'users' | 'devices' | undefined;
  /** Only rows changed after that version. */
  readonly since: number | undefined;
}

/** The selections made last, so that the pages of one listing are not each searched for anew. */
const recent = new WeakMap<Location, Map<string, Uint32Array>>();
const RECENT_KEPT = 8;

/** The rows of the table that fit, in order. */
export function selectAssignments(location: Location, filter: AssignmentFilter): Uint32Array {
  const { versions } = location;
  const key = `${versions.current('assignments')} ${versions.current('users')} ${JSON.stringify(filter)}`;
  const known = recent.get(location) ?? new Map<string, Uint32Array>();
  recent.set(location, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const rows = select(location, filter);
  known.set(key, rows);
  for (const oldest of known.keys()) {
    if (known.size <= RECENT_KEPT) break;
    known.delete(oldest);
  }
  return rows;
}

/** Assignments removed after `since` that fit and have not come back. */
export function removedSince(location: Location, filter: AssignmentFilter): RemovedAssignment[] {
  const flags = assetFlags(location, filter);
  const holders = holdersWanted(location, filter);
  return location.removed.filter(
    (row) =>
      row.version > (filter.since ?? 0) &&
      (flags === undefined || flags[row.asset] === 1) &&
      (holders === undefined || holders.includes(row.holder)) &&
      location.assignments.find(row.asset, row.holder) < 0,
  );
}

function select(location: Location, filter: AssignmentFilter): Uint32Array {
  const { assignments, holders } = location;
  const flags = assetFlags(location, filter);
  const inactive = (holder: number) => {
    const user = holders.user(holder);
    return user !== undefined && !isActive(user);
  };
  const keep = (row: number) =>
    (flags === undefined || flags[assignments.asset[row] ?? 0] === 1) &&
    (filter.since === undefined || (assignments.modified[row] ?? 0) > filter.since) &&
    !(filter.activeUsersOnly && inactive(assignments.holder[row] ?? 0)) &&
    (filter.heldBy === undefined ||
      (holders.user(assignments.holder[row] ?? 0) === undefined) === (filter.heldBy === 'devices'));
  const wanted = holdersWanted(location, filter);
  if (wanted === undefined) return assignments.select(keep);
  return Uint32Array.from(wanted.flatMap((holder) => assignments.rowsOf(holder)).filter(keep)).sort();
}

/** The holders both filters allow, undefined when there is none: nobody is a device and a user at once. */
function holdersWanted(location: Location, { clientUserId, serialNumber }: AssignmentFilter): number[] | undefined {
  if (clientUserId === undefined && serialNumber === undefined) return undefined;
  if (clientUserId !== undefined && serialNumber !== undefined) return [];
  if (serialNumber === undefined) {
    return location.users.all.filter((user) => user.clientUserId === clientUserId).map((user) => user.holder);
  }
  const device = location.holders.findDevice(serialNumber);
  return device === undefined ? [] : [device];
}

function assetFlags(location: Location, { adamId, pricingParam }: AssignmentFilter): Uint8Array | undefined {
  if (adamId === undefined && pricingParam === undefined) return undefined;
  return Uint8Array.from(location.assets.all, (asset) => {
    const idFits = adamId === undefined || asset.adamId === adamId;
    return idFits && (pricingParam === undefined || asset.pricingParam === pricingParam) ? 1 : 0;
  });
}
