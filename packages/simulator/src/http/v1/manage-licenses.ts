import type { Asset } from '../../world/assets/asset.ts';
import { assign, release } from '../../world/assets/licenses.ts';
import type { ChurnDone } from '../../world/churn.ts';
import { errorText } from '../../world/error-text.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { licenseIdOfRow } from './licenses.ts';
import { pricingOf, productOf } from './products.ts';
import { v1Trailer } from './v1-answer.ts';
import { invalid, requiredText, texts } from './v1-fields.ts';

const IRREVOCABLE = 9607;
const UNKNOWN_USER = 9609;
const NO_LICENSE = 9610;
const ALREADY_ASSIGNED = 9616;
const NOT_ASSOCIATED = 9619;
const NOT_FOR_DEVICES = 9628;

/** Who or what one entry of a list names. */
type Named =
  | { readonly clientUserIdStr: string }
  | { readonly serialNumber: string }
  | { readonly licenseIdStr: string };

interface Outcome {
  readonly named: Named;
  readonly licenseIdStr?: string;
  readonly errorNumber?: number;
}

/** Takes licenses of one asset from some and gives them to others, at once: first the taking, then the giving. */
export function v1ManageLicenses(call: TokenCall): object {
  const { world } = call;
  const { takeFrom, giveTo } = listsOf(call);
  const { adamIdStr, asset } = assetOf(call);
  const done: ChurnDone = { assigned: [], unassigned: [] };
  const disassociations = takeFrom.map((named) => take(call, asset, named, done));
  const associations = giveTo.map((named) => give(call, asset, named, done));
  if (world.settings.unknowns.v1Notifies) world.notifyChurn(call.location, done);
  const outcomes = [...disassociations, ...associations];
  const failed = outcomes.filter(({ errorNumber }) => errorNumber !== undefined).length;
  return {
    adamIdStr,
    ...productOf(asset),
    ...(associations.length === 0 ? {} : { associations: associations.map((one) => outcomeJson(call, one)) }),
    ...(disassociations.length === 0 ? {} : { disassociations: disassociations.map((one) => outcomeJson(call, one)) }),
    status: failed === 0 ? 0 : failed === outcomes.length ? world.settings.unknowns.v1AllFailed : -3,
    ...v1Trailer(call),
  };
}

/** At most one list each; two are undefined behavior at Apple and refused here. */
function listsOf({ body, world }: TokenCall): { takeFrom: Named[]; giveTo: Named[] } {
  const users = (name: string): Named[] | undefined =>
    texts(body, name)?.map((clientUserIdStr) => ({ clientUserIdStr }));
  const serials = (name: string): Named[] | undefined => texts(body, name)?.map((serialNumber) => ({ serialNumber }));
  const licenses = (name: string): Named[] | undefined => texts(body, name)?.map((licenseIdStr) => ({ licenseIdStr }));
  const only = (...lists: (Named[] | undefined)[]): Named[] => {
    const given = lists.filter((list) => list !== undefined);
    if (given.length > 1) throw new Refusal(9602);
    return given[0] ?? [];
  };
  const takeFrom = only(
    users('disassociateClientUserIdStrs'),
    serials('disassociateSerialNumbers'),
    licenses('disassociateLicenseIdStrs'),
  );
  const giveTo = only(users('associateClientUserIdStrs'), serials('associateSerialNumbers'));
  const max = world.settings.v1LicensesPerRequest;
  if (takeFrom.length > max || giveTo.length > max) throw new Refusal(9602);
  if (takeFrom.length + giveTo.length === 0) throw new Refusal(9600);
  return { takeFrom, giveTo };
}

function assetOf({ body, location }: TokenCall): { adamIdStr: string; asset: Asset } {
  const adamIdStr = requiredText(body, 'adamIdStr');
  const asset = location.assets.find(adamIdStr, pricingOf(body) ?? 'STDQ');
  if (asset === undefined) throw invalid('adamIdStr');
  return { adamIdStr, asset };
}

function take(call: TokenCall, asset: Asset, named: Named, done: ChurnDone): Outcome {
  const { location, world } = call;
  const row = rowOf(call, asset, named);
  if (typeof row !== 'number') return { named, errorNumber: row.errorNumber };
  if (!asset.revocable) return { named, errorNumber: IRREVOCABLE };
  const licenseIdStr = licenseIdOfRow(location, row);
  const holder = location.assignments.holder[row] ?? 0;
  const user = location.holders.user(holder);
  const who =
    user === undefined ? { serialNumber: location.holders.serialNumber(holder) } : { clientUserId: user.clientUserId };
  release(location, row, world.settings.unknowns);
  done.unassigned.push({ adamId: asset.adamId, pricingParam: asset.pricingParam, ...who });
  return { named, licenseIdStr };
}

function give(call: TokenCall, asset: Asset, named: Named, done: ChurnDone): Outcome {
  const { location } = call;
  if ('serialNumber' in named && !asset.deviceAssignable) return { named, errorNumber: NOT_FOR_DEVICES };
  const holder = 'serialNumber' in named ? location.holders.device(named.serialNumber) : userHolder(call, named);
  if (holder === undefined) return { named, errorNumber: UNKNOWN_USER };
  const before = location.assignments.find(asset.index, holder);
  if (before >= 0) return { named, licenseIdStr: licenseIdOfRow(location, before), errorNumber: ALREADY_ASSIGNED };
  if (assign(location, asset, holder) === 'no-license') return { named, errorNumber: NO_LICENSE };
  const who =
    'serialNumber' in named ? named : { clientUserId: 'clientUserIdStr' in named ? named.clientUserIdStr : '' };
  done.assigned.push({ adamId: asset.adamId, pricingParam: asset.pricingParam, ...who });
  return { named, licenseIdStr: licenseIdOfRow(location, location.assignments.find(asset.index, holder)) };
}

/** The assignment an entry means, or why there is none. */
function rowOf(call: TokenCall, asset: Asset, named: Named): number | { errorNumber: number } {
  const { assignments, holders } = call.location;
  if ('licenseIdStr' in named) {
    const rows = assignments.select((row) => assignments.asset[row] === asset.index);
    return rows.find((row) => licenseIdOfRow(call.location, row) === named.licenseIdStr) ?? { errorNumber: NO_LICENSE };
  }
  const holder = 'serialNumber' in named ? holders.findDevice(named.serialNumber) : userHolder(call, named);
  if (holder === undefined) return { errorNumber: 'serialNumber' in named ? NOT_ASSOCIATED : UNKNOWN_USER };
  const row = assignments.find(asset.index, holder);
  return row < 0 ? { errorNumber: NOT_ASSOCIATED } : row;
}

function userHolder({ location }: TokenCall, named: Named): number | undefined {
  return 'clientUserIdStr' in named ? location.users.active(named.clientUserIdStr)?.holder : undefined;
}

function outcomeJson({ world }: TokenCall, { named, licenseIdStr, errorNumber }: Outcome): object {
  return {
    ...named,
    ...(licenseIdStr === undefined ? {} : { licenseIdStr }),
    ...(errorNumber === undefined
      ? {}
      : { errorNumber, errorMessage: errorText(errorNumber, 'v1', world.settings.unknowns.errorTexts) }),
  };
}
