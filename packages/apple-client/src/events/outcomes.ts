import type { EventFailure } from './event-status.ts';
import type { EventEnd } from './follow.ts';
import { type Target, targetKey } from './targets.ts';

/**
 * The outcome of one task. `unknown`: Apple reported a failure without saying clearly which task failed, or the event
 * never ended; read the assignments to find out. `failure` is the reason, or the one that may apply.
 */
export interface TargetOutcome {
  readonly target: Target;
  readonly outcome: 'done' | 'failed' | 'unknown';
  readonly failure: EventFailure | null;
}

/**
 * Returns the outcome of every task of a change, from notifications, which name each task, and from the failures in the
 * status, which group tasks by asset, user, or device. Groups that do not add up to the number of failed tasks are not
 * trusted.
 */
export function targetOutcomes(targets: readonly Target[], end: EventEnd): TargetOutcome[] {
  const told = toldOf(end);
  const groups = end.failures.map(groupOf);
  const named = new Map<Target, EventFailure>();
  for (const target of targets) {
    const group = groups.find((one) => one.names(target));
    if (group) named.set(target, group.failure);
  }
  const rule = ruleFor(targets.length, named.size, end);
  return targets.map((target) => {
    const direct = told.get(targetKey(target));
    if (direct) return { target, ...direct };
    const failure = named.get(target) ?? null;
    return { target, outcome: failure ? rule.named : rule.others, failure: failure ?? rule.failure };
  });
}

type Outcome = TargetOutcome['outcome'];

function toldOf(end: EventEnd): Map<string, { outcome: Outcome; failure: EventFailure | null }> {
  const told = new Map<string, { outcome: Outcome; failure: EventFailure | null }>();
  for (const { targets, succeeded, error } of end.told) {
    for (const target of targets) {
      const said = { outcome: succeeded ? 'done' : 'failed', failure: succeeded ? null : error } as const;
      told.set(targetKey(target), said);
      // A revocation is requested by holder but reported by license: one failure makes the holder failed.
      const holder = targetKey({ ...target, adamId: null, pricingParam: null });
      if (told.get(holder)?.outcome !== 'failed') told.set(holder, said);
    }
  }
  return told;
}

/** How to judge the tasks that a failure names, and all others. */
function ruleFor(
  targets: number,
  named: number,
  { state, status, failures }: EventEnd,
): { readonly named: Outcome; readonly others: Outcome; readonly failure: EventFailure | null } {
  const only = failures.length === 1 ? (failures[0] ?? null) : null;
  const unclear = { named: 'unknown', others: 'unknown', failure: null } as const;
  if (state === 'complete') return { named: 'failed', others: 'done', failure: null };
  if (state === 'stuck' || !status || status.numRequested !== targets || status.numCompleted === null) return unclear;
  const failed = status.numRequested - status.numCompleted;
  if (failed === targets) return { named: 'failed', others: 'failed', failure: only };
  if (failures.some((failure) => !namesAnything(failure))) return { ...unclear, failure: only };
  if (named === failed) return { named: 'failed', others: 'done', failure: null };
  return { named: 'unknown', others: named > failed ? 'done' : 'unknown', failure: null };
}

function namesAnything({ errorInfo }: EventFailure): boolean {
  return errorInfo.assets.length + errorInfo.clientUserIds.length + errorInfo.serialNumbers.length > 0;
}

/** A failure names a task if every kind of ID that it lists includes the task's. */
function groupOf(failure: EventFailure): { failure: EventFailure; names: (target: Target) => boolean } {
  const { assets } = failure.errorInfo;
  const users = new Set<string | null>(failure.errorInfo.clientUserIds);
  const devices = new Set<string | null>(failure.errorInfo.serialNumbers);
  const isAsset = (target: Target) =>
    assets.some(
      ({ adamId, pricingParam }) =>
        adamId === target.adamId && (pricingParam ?? target.pricingParam) === target.pricingParam,
    );
  return {
    failure,
    names: (target) =>
      namesAnything(failure) &&
      (assets.length === 0 || isAsset(target)) &&
      (users.size + devices.size === 0 || users.has(target.clientUserId) || devices.has(target.serialNumber)),
  };
}
