import { parseJson } from '../../parse-json.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { v1Trailer } from './v1-answer.ts';
import { invalid, text, whole } from './v1-fields.ts';

type Kind = 'users' | 'licenses';

/** Version 1 counts changes of licenses where version 2 counts those of assignments. */
const SET = { users: 'users', licenses: 'assignments' } as const;

/** One batch of a listing: which one, of what, and what `sinceModifiedToken` will say at its end. */
export interface Batched<Filter> {
  readonly kind: Kind;
  readonly filter: Filter;
  /** Only what changed after this version; undefined is everything. */
  readonly since: number | undefined;
  /** The version when the listing began, as a text for clients. */
  readonly startedAt: string;
  readonly index: number;
  /** Goes on where a batchToken says. */
  readonly resumed: boolean;
}

interface Carried {
  readonly kind: Kind;
  readonly uId: string;
  readonly filter: unknown;
  readonly since?: number;
  readonly startedAt: string;
  readonly index?: number;
}

/**
 * Reads the tokens of a request. `filter` is what the request asks for; a batchToken has its own. Refuses tokens of
 * another location (9629) and those that are none (9633).
 */
export function beginBatch<Filter>(call: TokenCall, kind: Kind, filter: Filter): Batched<Filter> {
  const { body, location } = call;
  const startedAt = location.versions.text(SET[kind]);
  const batchToken = text(body, 'batchToken');
  if (batchToken !== undefined) {
    const carried = carriedBy(call, kind, batchToken);
    if (carried.index === undefined) throw new Refusal(9633);
    const { index, since } = carried;
    const rest = { kind, filter: carried.filter as Filter, since, startedAt: carried.startedAt, resumed: true };
    return { ...rest, index: overridden(call) ?? index };
  }
  const sinceToken = text(body, 'sinceModifiedToken');
  if (sinceToken === undefined) return { kind, filter, since: undefined, startedAt, index: 0, resumed: false };
  const carried = carriedBy(call, kind, sinceToken);
  const since = location.versions.parse(SET[kind], carried.startedAt);
  if (since === undefined) throw new Refusal(9633);
  return { kind, filter: { ...filter, ...(carried.filter as Filter) }, since, startedAt, index: 0, resumed: false };
}

/** The answer with the rows of one batch. `sinceFilter` is what a sinceModifiedToken keeps of the filter. */
export function batchAnswer<Filter>(
  call: TokenCall,
  batch: Batched<Filter>,
  member: string,
  count: number,
  rowAt: (row: number) => object,
  sinceFilter: object = {},
): object {
  const { location, world } = call;
  const { pageSize, unknowns } = world.settings;
  const { kind, filter, since, startedAt, index, resumed } = batch;
  const batches = Math.max(1, Math.ceil(count / pageSize));
  const from = Math.min(count, index * pageSize);
  const rows = Array.from({ length: Math.min(pageSize, count - from) }, (_, i) => rowAt(from + i));
  const carried = { kind, uId: location.uId, startedAt };
  return {
    status: 0,
    [member]: rows,
    batchCount: rows.length,
    totalBatchCount: unknowns.v1TotalBatchCount === 'all' ? batches : batches - 1,
    ...(resumed ? {} : { totalCount: count }),
    ...(index + 1 < batches
      ? { batchToken: encode({ ...carried, filter, ...(since === undefined ? {} : { since }), index: index + 1 }) }
      : { sinceModifiedToken: encode({ ...carried, filter: sinceFilter }) }),
    ...v1Trailer(call),
  };
}

/** Which batch `overrideIndex` means: it counts from 1 to `totalBatchCount`, the last of them being the last batch. */
function overridden({ body, world }: TokenCall): number | undefined {
  const index = whole(body, 'overrideIndex');
  if (index === undefined) return undefined;
  if (index < 1) throw invalid('overrideIndex');
  return world.settings.unknowns.v1TotalBatchCount === 'all' ? index - 1 : index;
}

function carriedBy({ location }: TokenCall, kind: Kind, token: string): Carried {
  const value = parseJson(Buffer.from(token, 'base64'))?.value;
  if (typeof value !== 'object' || value === null || !('uId' in value)) throw new Refusal(9633);
  const carried = value as Carried;
  if (carried.uId !== location.uId) throw new Refusal(9629);
  if (carried.kind !== kind || location.versions.parse(SET[kind], carried.startedAt) === undefined) {
    throw new Refusal(9633);
  }
  return carried;
}

function encode(carried: Carried): string {
  return Buffer.from(JSON.stringify(carried), 'utf8').toString('base64');
}
