import { type Asset, availableOf, type PricingParam } from '../../world/assets/asset.ts';
import { selectAssignments } from '../../world/assets/assignment-filter.ts';
import type { LicenseNumbers } from '../../world/assets/license-numbers.ts';
import type { Location } from '../../world/location.ts';
import type { TokenCall } from '../request.ts';
import { batchAnswer, beginBatch } from './batches.ts';
import { pricingOf, productOf } from './products.ts';
import { userIdOf } from './user-id.ts';
import { flag, invalid, text, whole } from './v1-fields.ts';

const LICENSES_PER_ASSET = 2 ** 31;

interface LicenseFilter {
  readonly adamId?: string;
  readonly pricingParam?: PricingParam;
  readonly serialNumber?: string;
  readonly heldBy?: 'anybody' | 'users' | 'devices';
}

/** Some rows of a listing, each made when it is shown. */
interface Rows {
  readonly count: number;
  readonly at: (row: number) => object;
}

/** Single licenses, assigned ones first. Of unlimited assets only those in use: there is no end of the others. */
export function v1GetLicenses(call: TokenCall): object {
  const batch = beginBatch<LicenseFilter>(call, 'licenses', filterOf(call));
  const { filter, since } = batch;
  const parts = [assigned(call.location, filter, since), ...unused(call.location, filter, since)];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const { adamId, pricingParam } = filter;
  const kept = {
    ...(adamId === undefined ? {} : { adamId }),
    ...(pricingParam === undefined ? {} : { pricingParam }),
  };
  return batchAnswer(call, batch, 'licenses', count, (row) => rowOf(parts, row), kept);
}

/** The licenses a user holds, as they show inside the user. */
export function heldLicenses(location: Location, holder: number): object[] {
  const numbers = numbersOf(location);
  return location.assignments.rowsOf(holder).map((row) => {
    const asset = location.assets.at(location.assignments.asset[row] ?? 0);
    return {
      licenseId: licenseId(asset, numbers.of(row)),
      adamId: Number(asset.adamId),
      ...productOf(asset),
    };
  });
}

/** Which license a row of the assignments uses. Ids are those of one location. */
export function licenseIdOfRow(location: Location, row: number): string {
  const asset = location.assets.at(location.assignments.asset[row] ?? 0);
  return String(licenseId(asset, numbersOf(location).of(row)));
}

function filterOf({ body }: TokenCall): LicenseFilter {
  const id = whole(body, 'adamId');
  const pricingParam = pricingOf(body);
  const serialNumber = text(body, 'serialNumber');
  const users = flag(body, 'userAssignedOnly');
  const devices = flag(body, 'deviceAssignedOnly');
  if (users && devices) throw invalid('userAssignedOnly');
  const assignedOnly = flag(body, 'assignedOnly') ? 'anybody' : undefined;
  const heldBy = users ? 'users' : devices ? 'devices' : assignedOnly;
  return {
    ...(id === undefined ? {} : { adamId: String(id) }),
    // Without an item its quality is ignored.
    ...(id === undefined || pricingParam === undefined ? {} : { pricingParam }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(heldBy === undefined ? {} : { heldBy }),
  };
}

function assigned(location: Location, filter: LicenseFilter, since: number | undefined): Rows {
  const numbers = numbersOf(location);
  const rows = selectAssignments(location, {
    adamId: filter.adamId,
    pricingParam: filter.pricingParam,
    serialNumber: filter.serialNumber,
    clientUserId: undefined,
    activeUsersOnly: false,
    heldBy: filter.heldBy === 'anybody' ? undefined : filter.heldBy,
    since,
  });
  const at = (i: number) => {
    const row = rows[i] ?? 0;
    const asset = location.assets.at(location.assignments.asset[row] ?? 0);
    return licenseJson(location, asset, numbers.of(row), location.assignments.holder[row]);
  };
  return { count: rows.length, at };
}

/** Those nobody uses; in a difference those that were given back. */
function unused(location: Location, filter: LicenseFilter, since: number | undefined): Rows[] {
  if (filter.heldBy !== undefined || filter.serialNumber !== undefined) return [];
  const numbers = numbersOf(location);
  const assets = location.assets.all.filter(
    (asset) =>
      (filter.adamId === undefined || asset.adamId === filter.adamId) &&
      (filter.pricingParam === undefined || asset.pricingParam === filter.pricingParam),
  );
  return assets.map((asset) => {
    const freed = since === undefined ? undefined : numbers.freedSince(asset.index, since);
    const count = freed?.length ?? (asset.unlimited ? 0 : Math.max(0, availableOf(asset)));
    const at = (i: number) => licenseJson(location, asset, freed?.[i] ?? numbers.unused(asset.index, i), undefined);
    return { count, at };
  });
}

function licenseJson(location: Location, asset: Asset, number: number, holder: number | undefined): object {
  const id = licenseId(asset, number);
  return {
    licenseId: id,
    licenseIdStr: String(id),
    adamId: Number(asset.adamId),
    adamIdStr: asset.adamId,
    ...productOf(asset),
    ...(holder === undefined ? {} : holderJson(location, holder)),
    status: holder === undefined ? 'Available' : 'Associated',
  };
}

function holderJson(location: Location, holder: number): object {
  const user = location.holders.user(holder);
  if (user === undefined) return { serialNumber: location.holders.serialNumber(holder) };
  const userId = userIdOf(location, user);
  return {
    clientUserIdStr: user.clientUserId,
    ...(user.idHash === undefined ? {} : { itsIdHash: user.idHash }),
    userId,
    userIdStr: String(userId),
  };
}

function rowOf(parts: readonly Rows[], row: number): object {
  let before = 0;
  for (const part of parts) {
    if (row < before + part.count) return part.at(row - before);
    before += part.count;
  }
  return {};
}

function licenseId({ index }: Asset, number: number): number {
  return index * LICENSES_PER_ASSET + number + 1;
}

function numbersOf({ assignments, versions }: Location): LicenseNumbers {
  return assignments.licenses(() => versions.current('assignments'));
}
