import type { PricingParam } from '../../world/assets/asset.ts';
import { type AssignmentFilter, removedSince, selectAssignments } from '../../world/assets/assignment-filter.ts';
import type { Location } from '../../world/location.ts';
import { pageOf } from '../paging.ts';
import { booleanParameter, choiceParameter, textParameter } from '../query.ts';
import type { TokenCall } from '../request.ts';
import { sinceVersion } from '../since-version.ts';

const PRICING: readonly PricingParam[] = ['STDQ', 'PLUS'];

/** Active assignments in the order of the table; with filters the rows that fit. Rows are written by hand: it is the hot path. */
export function getAssignments(call: TokenCall): string {
  const { location, world } = call;
  const { asset, holder, length } = location.assignments;
  const filter = readFilter(call);
  const rows = filter === undefined ? undefined : selectAssignments(location, filter);
  const showRemoved = filter?.since !== undefined && world.settings.unknowns.removalsInDelta === 'as-rows';
  const removed = showRemoved && filter !== undefined ? removedSince(location, filter) : [];
  const kept = rows?.length ?? length;
  const all = kept + removed.length;
  const gap = call.listing.gap(all);
  const page = pageOf(call, 'assignments', all - gap.length);
  const write = rowWriter(location, booleanParameter(call.request.query, 'includeUserState') === true);
  const parts = new Array<string>(page.to - page.from);
  for (let shown = page.from; shown < page.to; shown++) {
    const i = shown < gap.from ? shown : shown + gap.length;
    const row = i >= kept ? -1 : rows === undefined ? i : (rows[i] ?? 0);
    const gone = removed[i - kept];
    parts[shown - page.from] =
      gone === undefined ? write(asset[row] ?? 0, holder[row] ?? 0) : write(gone.asset, gone.holder);
  }
  return `{"assignments":[${parts.join()}]${page.end}`;
}

function readFilter({ location, request: { query }, world }: TokenCall): AssignmentFilter | undefined {
  const filter: AssignmentFilter = {
    adamId: textParameter(query, 'adamId'),
    pricingParam: choiceParameter(query, 'pricingParam', PRICING),
    clientUserId: textParameter(query, 'clientUserId'),
    serialNumber: textParameter(query, 'serialNumber'),
    activeUsersOnly: booleanParameter(query, 'excludeInactiveUsers') === true,
    since: sinceVersion(query, location, 'assignments', world.settings),
  };
  return Object.values(filter).every((value) => value === undefined || value === false) ? undefined : filter;
}

function rowWriter(location: Location, withState: boolean): (asset: number, holder: number) => string {
  const starts: string[] = [];
  return (assetIndex, holder) => {
    let start = starts[assetIndex];
    if (start === undefined) {
      const { adamId, pricingParam } = location.assets.at(assetIndex);
      start = `{"adamId":"${adamId}","pricingParam":"${pricingParam}",`;
      starts[assetIndex] = start;
    }
    const user = location.holders.user(holder);
    if (user === undefined) return `${start}"serialNumber":${JSON.stringify(location.holders.serialNumber(holder))}}`;
    const hash = user.idHash === undefined ? '' : `,"idHash":"${user.idHash}"`;
    const state = withState ? `${hash},"userStatus":"${user.status}"` : '';
    return `${start}"clientUserId":${JSON.stringify(user.clientUserId)}${state}}`;
  };
}
