import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../../domain/instant.ts';
import { BATCH_FILES_KEPT_HOURS, BATCH_KEPT_DAYS } from '../../domain/tokens/batch.ts';
import type { Deps } from '../../ports/deps.ts';
import { resumeReleases } from '../operations/follow-release.ts';
import { requestScan } from '../scans/request-scan.ts';
import { BATCH_WORKER_LOST_MS } from '../tokens/batches/work-on-batch.ts';

/**
 * The maximum number of scans started per minute. The rest follows with the next minute, so that downtime is caught up
 * in order.
 */
const ROUND = 100;
/** How long a due scan may wait for its turn before it is due again. */
const HOLD_MS = HOUR_MS;
/** A running scan without progress for this long has lost its process. */
const ABANDONED_AFTER_MS = 40_000;
/** A scan that waits this long for its turn may have lost its job. */
const FORGOTTEN_AFTER_MS = 30 * MINUTE_MS;

/** Starts what is due: locations to scan, and scans whose process died. Safe to run twice. */
export async function startWhatIsDue(deps: Deps): Promise<void> {
  const now = deps.now();
  const due = await deps.store.write((tx) => tx.tokens.takeForScan(now, later(now, HOLD_MS), ROUND));
  for (const tokenId of due) await requestScan(deps, tokenId, 'schedule');
  await resumeScans(deps, ABANDONED_AFTER_MS, FORGOTTEN_AFTER_MS);
  await resumeNotifications(deps, ABANDONED_AFTER_MS);
  await resumeReleases(deps);
  await resumeBatches(deps, BATCH_WORKER_LOST_MS);
  await resumeHooks(deps);
}

/**
 * Forgets files that nobody has confirmed for a day, and queues again the batches whose process died. With 0, all with
 * work left: right if no other process can be at work.
 */
export async function resumeBatches(deps: Deps, silentForMs: number): Promise<void> {
  await deps.store.write(async (tx) => {
    const now = deps.now();
    await tx.batches.forget({ untouchedSince: later(now, -BATCH_FILES_KEPT_HOURS * HOUR_MS) }, now);
    for (const batchId of await tx.batches.lost(later(now, -silentForMs))) {
      await tx.batches.leaveWork(batchId);
      await tx.jobs.workOnBatch(batchId);
    }
  });
}

/** Retries updates at Apple that are due: their job was lost with its process. */
async function resumeHooks(deps: Deps): Promise<void> {
  if (deps.settings.hookBase === null) return;
  await deps.store.write(async (tx) => {
    for (const tokenId of await tx.hooks.due(deps.now())) await tx.jobs.applyHook(tokenId);
  });
}

/** Processes or logs what waits in the inbox because its process ended. */
export async function resumeNotifications(deps: Deps, waitingForMs: number): Promise<void> {
  await deps.store.write(async (tx) => {
    const before = later(deps.now(), -waitingForMs);
    for (const uId of await tx.notifications.locationsWaiting(before, ROUND)) await tx.jobs.processNotifications(uId);
  });
}

/** Queues again what a dead process left behind. With 0, everything: right if no other process can be at work. */
export async function resumeScans(deps: Deps, runningForMs: number, queuedForMs: number): Promise<number> {
  return deps.store.write(async (tx) => {
    const now = deps.now();
    const scanIds = await tx.scans.abandoned(
      { running: later(now, -runningForMs), queued: later(now, -queuedForMs) },
      now,
    );
    for (const scanId of scanIds) await tx.jobs.scan(scanId);
    return scanIds.length;
  });
}

/** A file that has waited this long for an admin is a credential at risk. */
const UPLOADS_WAIT_DAYS = 30;

/**
 * How long a rule remembers what it sent: a clock that is a year off, or a token that comes back, causes no repeated
 * alerts.
 */
const ALERTS_KEPT_DAYS = 800;

/**
 * Deletes events and deliveries older than the configured number of days, alerts resolved long ago, and uploads that
 * nobody looked at. Returns the number of events deleted.
 */
export async function purgeEvents(deps: Deps): Promise<number> {
  const before = later(deps.now(), -deps.settings.keepEventsDays * DAY_MS);
  const now = deps.now();
  await deps.store.write((tx) => tx.assets.thinDays(now));
  const processed = later(now, -deps.settings.keepNotificationsDays * DAY_MS);
  return deps.store.write(async (tx) => {
    await tx.notifications.deleteProcessedBefore(processed);
    await tx.uploads.declineWaiting({ before: later(now, -UPLOADS_WAIT_DAYS * DAY_MS) }, 'Winesap', now);
    await tx.batches.deleteEndedBefore(later(now, -BATCH_KEPT_DAYS * DAY_MS));
    await tx.deliveries.deleteSettledBefore(before);
    await tx.alerts.deleteResolvedBefore(later(now, -ALERTS_KEPT_DAYS * DAY_MS));
    return tx.events.deleteBefore(before);
  });
}
