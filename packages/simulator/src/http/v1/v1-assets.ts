import { rules } from '@winesap/contract';
import { type Asset, availableOf, UNLIMITED } from '../../world/assets/asset.ts';
import { selectAssignments } from '../../world/assets/assignment-filter.ts';
import type { Location } from '../../world/location.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { pricingOf, productOf } from './products.ts';
import { v1Trailer } from './v1-answer.ts';
import { flag, invalid, text, whole } from './v1-fields.ts';

export function v1GetAssets(call: TokenCall): object {
  const pricing = pricingOf(call.body);
  const counts = flag(call.body, 'includeLicenseCounts');
  const assets = call.location.assets.all.filter(
    ({ pricingParam }) => pricing === undefined || pricingParam === pricing,
  );
  return {
    status: 0,
    assets: assets.map((asset) => ({
      adamIdStr: asset.adamId,
      ...productOf(asset),
      deviceAssignable: asset.deviceAssignable,
      ...(counts ? countsOf(asset) : {}),
    })),
    totalCount: assets.length,
    ...v1Trailer(call),
  };
}

function countsOf(asset: Asset): object {
  return {
    assignedCount: asset.assigned,
    availableCount: availableOf(asset),
    retiredCount: asset.retired,
    totalCount: asset.unlimited ? UNLIMITED : asset.total,
  };
}

interface AssignmentsAsked {
  readonly adamId: string | undefined;
  readonly clientUserId: string | undefined;
  readonly serialNumber: string | undefined;
}

/** What later pages belong to, the last thousand per location. */
const asked = new WeakMap<Location, Map<string, AssignmentsAsked>>();
const ASKED_KEPT = 1000;

/** Pages of 300 rows; later ones name the request of the first, and need no filters of their own. */
export function v1GetAssignments(call: TokenCall): object {
  const { location, world } = call;
  const { requestId, wanted, pageIndex } = requestOf(call);
  const rows = selectAssignments(location, {
    ...wanted,
    pricingParam: undefined,
    activeUsersOnly: false,
    since: undefined,
  });
  const size = Math.min(rules.v1AssignmentsPerPage.value, world.settings.pageSize);
  const totalPages = Math.max(1, Math.ceil(rows.length / size));
  if (pageIndex >= totalPages) throw new Refusal(9650);
  const shown = [...rows.slice(pageIndex * size, (pageIndex + 1) * size)];
  return {
    status: 0,
    assignments: shown.map((row) => assignmentJson(location, row)),
    assignmentsInCurrentPage: shown.length,
    currentPageIndex: pageIndex,
    ...(pageIndex + 1 < totalPages ? { nextPageIndex: pageIndex + 1 } : {}),
    requestId,
    totalAssignments: rows.length,
    totalPages,
    ...v1Trailer(call),
  };
}

function requestOf({ body, location, world }: TokenCall): {
  requestId: string;
  wanted: AssignmentsAsked;
  pageIndex: number;
} {
  const known = asked.get(location) ?? new Map<string, AssignmentsAsked>();
  asked.set(location, known);
  const pageIndex = whole(body, 'pageIndex');
  const given = text(body, 'requestId');
  if (given !== undefined) {
    const wanted = known.get(given);
    if (pageIndex === undefined) throw new Refusal(9649);
    if (wanted === undefined) throw invalid('requestId');
    return { requestId: given, wanted, pageIndex };
  }
  if (pageIndex !== undefined && pageIndex > 0)
    throw new Refusal(9600, { detail: 'Missing required argument: requestId.' });
  const wanted = {
    adamId: text(body, 'adamIdStr'),
    clientUserId: text(body, 'clientUserIdStr'),
    serialNumber: text(body, 'serialNumber'),
  };
  const requestId = world.random.uuid();
  known.set(requestId, wanted);
  for (const oldest of known.keys()) {
    if (known.size <= ASKED_KEPT) break;
    known.delete(oldest);
  }
  return { requestId, wanted, pageIndex: 0 };
}

function assignmentJson({ assets, assignments, holders }: Location, row: number): object {
  const { adamId, pricingParam } = assets.at(assignments.asset[row] ?? 0);
  const holder = assignments.holder[row] ?? 0;
  const user = holders.user(holder);
  const who =
    user === undefined ? { serialNumber: holders.serialNumber(holder) } : { clientUserIdStr: user.clientUserId };
  return { adamIdStr: adamId, pricingParam, ...who };
}
