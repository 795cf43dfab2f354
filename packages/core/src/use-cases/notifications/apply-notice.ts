import { HOUR_MS, type Instant, later } from '../../domain/instant.ts';
import type { AssetName } from '../../domain/licenses/asset.ts';
import { type Assignment, assetKey } from '../../domain/licenses/asset.ts';
import type { AssignmentNotice, CountNotice, Notice } from '../../domain/notifications/notice.ts';
import {
  type AskReason,
  type Effect,
  type EffectChange,
  type EffectFailure,
  effect,
} from '../../domain/notifications/notice-effect.ts';
import { type Recheck, WHOLE } from '../../domain/scans/recheck.ts';
import type { CountOutcome } from '../../ports/licenses.ts';
import type { Tx } from '../../ports/store.ts';
import { holderKey } from '../scans/read-asset.ts';

/**
 * Apple retries for up to five minutes and sends no timestamp, so a notification may arrive much later than its change.
 * A reading within that time may already include a purchase; reading one asset again is cheaper than counting it twice.
 */
const LATE_MS = HOUR_MS;

/** A notification with its effect so far. */
export interface Applied {
  notice: Notice;
  receivedAt: Instant;
  effect: Effect;
}

/**
 * Applies notifications of one location, in order of arrival, within the caller's transaction: rows and counts change
 * together. Where a notification does not match what is stored, it asks for a recheck at Apple.
 */
export async function applyNotices(tx: Tx, uId: string, applied: readonly Applied[], now: Instant): Promise<void> {
  const isBeingRead = await tx.scans.isUnderWay(uId);
  for (const run of runsOf(applied)) await applyRun(tx, uId, run, isBeingRead);
  for (const one of applied) {
    if (one.notice.kind === 'count') await applyCount(tx, uId, one, one.notice);
    else if (one.notice.kind === 'unlimited') noteUnlimited(one, one.notice);
    else if (one.notice.kind === 'misshapen') one.effect.scan = 'unreadable';
  }
  await applyUsers(tx, uId, applied);
  await tx.rechecks.add(uId, rechecksOf(applied));
  if (applied.some(({ effect: { changes } }) => changes.length > 0)) await tx.assets.judge(uId, now);
}

interface Run {
  given: Map<string, { row: Assignment; by: Applied }>;
  taken: Map<string, { row: Assignment; by: Applied }>;
}

/**
 * Assignments that can be written together: unless a license is both assigned and released, their order does not
 * matter.
 */
function runsOf(applied: readonly Applied[]): Run[] {
  const runs: Run[] = [];
  let run: Run = { given: new Map(), taken: new Map() };
  for (const one of applied) {
    if (one.notice.kind !== 'assignments') continue;
    if (!one.notice.succeeded) {
      one.effect.failed = failuresOf(one.notice);
      continue;
    }
    const { change, assignments } = one.notice;
    const against = change === 'given' ? 'taken' : 'given';
    if (assignments.some((row) => run[against].has(rowKey(row)))) {
      runs.push(run);
      run = { given: new Map(), taken: new Map() };
    }
    for (const row of assignments) if (!run[change].has(rowKey(row))) run[change].set(rowKey(row), { row, by: one });
  }
  return [...runs, run];
}

async function applyRun(tx: Tx, uId: string, { given, taken }: Run, isBeingRead: boolean): Promise<void> {
  if (given.size + taken.size === 0) return;
  const rowsOf = (part: Run['given']) => [...part.values()].map(({ row }) => row);
  const assigned = given.size === 0 ? [] : await tx.assets.assign(uId, rowsOf(given));
  const released = taken.size === 0 ? [] : await tx.assets.unassign(uId, rowsOf(taken));
  for (const row of assigned) changeOf(given.get(rowKey(row))?.by.effect, row).assigned += 1;
  for (const row of released) changeOf(taken.get(rowKey(row))?.by.effect, row).givenBack += 1;

  const known = new Set([...assigned, ...released].map(rowKey));
  const counts = new Map<string, AssetName & { assigned: number }>();
  for (const [part, by] of [[given, 1] as const, [taken, -1] as const])
    for (const [key, { row, by: one }] of part) {
      const sum = counts.get(assetKey(row)) ?? { ...nameOf(row), assigned: 0 };
      if (known.has(key)) sum.assigned += by;
      else doubtful(one.effect, row, 'rows-differ');
      counts.set(assetKey(row), sum);
      if (isBeingRead && known.has(key)) doubtful(one.effect, row, 'being-read');
    }
  const changes = [...counts.values()];
  const outcomes = await tx.assets.addToCounts(
    uId,
    changes.map((change) => ({ ...change, total: 0, unreadSince: null, readAt: null })),
  );
  const odd = new Map(changes.map((change, index) => [assetKey(change), ASK_FOR[outcomes[index] ?? 'done']]));
  for (const part of [given, taken])
    for (const { row, by } of part.values()) {
      const why = odd.get(assetKey(row));
      if (why) doubtful(by.effect, row, why);
    }
}

const ASK_FOR: Record<CountOutcome, AskReason | null> = {
  done: null,
  unknown: 'unknown-asset',
  recent: 'recently-read',
  contradicts: 'counts-differ',
};

/** It is unknown whether a recent reading included the purchase, so the asset is read again instead of added up. */
async function applyCount(tx: Tx, uId: string, { effect: came, receivedAt }: Applied, notice: CountNotice) {
  const { adamId, pricingParam, delta } = notice;
  if (delta === 0) return;
  const change = {
    adamId,
    pricingParam,
    assigned: 0,
    total: delta,
    unreadSince: later(receivedAt, -LATE_MS),
    readAt: null,
  };
  const [outcome = 'unknown'] = await tx.assets.addToCounts(uId, [change]);
  const why = ASK_FOR[outcome];
  if (why !== null) doubtful(came, notice, why);
  came.changes.push({ adamId, pricingParam, assigned: 0, givenBack: 0, bought: delta });
}

/** Stores users as named, in order. A retired user's licenses are released without a notification. */
async function applyUsers(tx: Tx, uId: string, applied: readonly Applied[]): Promise<void> {
  const named = applied.flatMap(({ notice, effect: came }) =>
    notice.kind === 'users' && notice.succeeded
      ? notice.users.map((user) => ({ came, change: notice.change, user }))
      : [],
  );
  if (named.length === 0) return;
  const changes = await tx.users.override(uId, named);
  for (const [at, { came, change }] of named.entries()) {
    if (change === 'retired') came.scan = 'users-retired';
    const changed = changes[at] ?? null;
    if (changed === null) continue;
    came.users += 1;
    if (changed === 'registered') came.registered = (came.registered ?? 0) + 1;
    if (changed === 'retired') came.retired = (came.retired ?? 0) + 1;
  }
}

function noteUnlimited({ effect: came }: Applied, notice: { adamId: string | null; pricingParam: string | null }) {
  if (notice.adamId === null) came.scan = 'unlimited';
  else doubtful(came, { adamId: notice.adamId, pricingParam: notice.pricingParam ?? 'STDQ' }, 'unlimited');
}

function rechecksOf(applied: readonly Applied[]): Recheck[] {
  const rechecks = new Map<string, Recheck>();
  const recheck = (name: AssetName, taken: boolean, urgent: boolean) => {
    const known = rechecks.get(assetKey(name));
    rechecks.set(assetKey(name), {
      ...nameOf(name),
      taken: taken || known?.taken === true,
      urgent: urgent || known?.urgent === true,
    });
  };
  for (const { effect: came } of applied) {
    for (const change of came.changes) recheck(change, change.givenBack > 0, false);
    for (const name of came.asked) recheck(name, false, true);
    if (came.scan !== null) recheck(WHOLE, false, true);
  }
  return [...rechecks.values()];
}

function failuresOf({ change, errorNumber, assignments }: AssignmentNotice): EffectFailure[] {
  const failed = new Map<string, EffectFailure>();
  for (const { adamId } of assignments) {
    const sum = failed.get(adamId) ?? { adamId, change, licenses: 0, errorNumber };
    sum.licenses += 1;
    failed.set(adamId, sum);
  }
  return [...failed.values()];
}

function changeOf(came: Effect | undefined, row: AssetName): EffectChange {
  const { changes } = came ?? effect('assignments');
  const known = changes.find((change) => assetKey(change) === assetKey(row));
  if (known !== undefined) return known;
  const fresh = { ...nameOf(row), assigned: 0, givenBack: 0, bought: 0 };
  changes.push(fresh);
  return fresh;
}

function doubtful(came: Effect, asset: AssetName, why: AskReason): void {
  if (!came.asked.some((one) => assetKey(one) === assetKey(asset))) came.asked.push({ ...nameOf(asset), why });
}

function nameOf({ adamId, pricingParam }: AssetName): AssetName {
  return { adamId, pricingParam };
}

function rowKey(row: Assignment): string {
  return `${assetKey(row)} ${holderKey(row)}`;
}
