import { type AppleFailure, AppleFailureError } from '../../domain/apple-failure.ts';
import { later } from '../../domain/instant.ts';
import {
  ASK_AGAIN_MS,
  failureOf,
  firstLookMs,
  isOverdue,
  isRefusal,
  isSilentTooLong,
  mayHaveBeenTaken,
  type Release,
  type ReleaseFailure,
  type ReleaseOutcome,
} from '../../domain/operations/release.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import { openLocation } from '../locations/open-location.ts';
import { finishRelease } from './finish-release.ts';
import { refuseRelease } from './request-release.ts';

/** Apple does not know the event, or no longer does. */
const UNKNOWN_EVENT = 9708;

/**
 * Takes a release one step further: sends it, or asks Apple about its outcome. It is sent only once. Whatever Apple
 * answers, the assignments decide the outcome: what Apple calls failed may be done, and vice versa. If it has not
 * ended, another job checks it again. Safe to run twice.
 */
export async function followRelease(deps: Deps, releaseId: string, signal?: Abort): Promise<void> {
  const release = await deps.store.read((view) => view.releases.byId(releaseId));
  if (release === null || release.state === 'done' || release.state === 'failed') return;
  if (release.state !== 'planned' && !(await mayLook(deps, release))) return;
  const location = await locationOf(deps, release);
  if (location === null) return;
  switch (release.state) {
    case 'planned':
      return send(deps, location, release, signal);
    case 'sent':
      return settle(deps, location, release, null, signal);
    case 'accepted':
      return askStatus(deps, location, release, signal);
  }
}

/** Apple is polled at most every half minute, whatever starts the job. */
async function mayLook(deps: Deps, release: Release): Promise<boolean> {
  return deps.store.write(async (tx) => {
    const now = deps.now();
    if (await tx.releases.takeLook(release.id, later(now, -ASK_AGAIN_MS), now)) return true;
    await lookAgain(deps, tx, release, ASK_AGAIN_MS);
    return false;
  });
}

async function send(deps: Deps, location: AppleLocation, release: Release, signal?: Abort): Promise<void> {
  if (!(await deps.store.write((tx) => tx.releases.markSent(release.id, deps.now())))) return;
  try {
    const eventId = await location.disassociate(release.assignment, signal);
    await deps.store.write(async (tx) => {
      if (!(await tx.releases.accepted(release.id, eventId, deps.now()))) return;
      // Don't wait for a notification that arrived before the answer.
      const waits =
        (await tx.releases.isNotified(release.uId)) && (await tx.assets.isHeld(release.uId, release.assignment));
      await lookAgain(deps, tx, release, firstLookMs(waits));
    });
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
    const { failure } = error;
    if (mayHaveBeenTaken(failure)) return lookAgainLater(deps, release, failure);
    if (signal?.aborted) {
      // We are being stopped before it was sent: the next process sends it.
      await deps.store.write((tx) => tx.releases.putBack(release.id));
      throw error;
    }
    if (!isRefusal(failure))
      return finish(deps, release, { state: 'failed', code: 'release.not-sent', apple: failure });
    await settle(deps, location, { ...release, said: failure }, 'release.refused', signal);
  }
}

async function askStatus(deps: Deps, location: AppleLocation, release: Release, signal?: Abort): Promise<void> {
  try {
    const status = await location.eventStatus(release.eventId ?? '', signal);
    if (status.state === 'pending' && !isOverdue(release.acceptedAt, deps.now())) return lookAgainLater(deps, release);
    if (status.state !== 'failed') return settle(deps, location, release, null, signal);
    // A complete event that failed contradicts itself: it counts as failed if it still does so half a minute later.
    const stands = status.certain || release.said !== null;
    const said = { ...release, said: status.failure };
    await settle(deps, location, said, stands ? 'release.refused' : null, signal);
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
    if (isUnknownEvent(error.failure)) return settle(deps, location, release, null, signal);
    await waitOrGiveUp(deps, release, error.failure);
  }
}

/**
 * What Apple lists decides: if the license is no longer assigned, the release succeeded. If it is still assigned, the
 * release failed where Apple said so (`failed`), else after the deadline, because Apple's list may lag behind.
 */
async function settle(
  deps: Deps,
  location: AppleLocation,
  release: Release,
  failed: ReleaseFailure | null,
  signal?: Abort,
): Promise<void> {
  try {
    if (!(await location.isAssigned(release.assignment, signal))) return await finish(deps, release, { state: 'done' });
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
    return waitOrGiveUp(deps, release, error.failure);
  }
  const isOver = isOverdue(release.acceptedAt ?? release.sentAt ?? deps.now(), deps.now());
  if (failed === null && !isOver) return lookAgainLater(deps, release, release.said);
  await finish(deps, release, { state: 'failed', code: failed ?? failureOf(release), apple: release.said });
}

async function waitOrGiveUp(deps: Deps, release: Release, apple: AppleFailure): Promise<void> {
  const since = release.acceptedAt ?? release.sentAt ?? deps.now();
  if (!isSilentTooLong(since, deps.now())) return lookAgainLater(deps, release, release.said);
  await finish(deps, release, { state: 'failed', code: 'release.unknown', apple: release.said ?? apple });
}

/**
 * Returns null if it can't continue: what is not sent yet is stopped, and what is sent can only be checked while a
 * token works.
 */
async function locationOf(deps: Deps, release: Release): Promise<AppleLocation | null> {
  const token = await deps.store.read((view) => view.tokens.byLocation(release.uId));
  try {
    if (token === null) throw new AppError('location.not-found', { uId: release.uId });
    if (release.state === 'planned') refuseRelease(token);
    return await openLocation(deps, token);
  } catch (error) {
    const apple = error instanceof AppleFailureError ? error.failure : null;
    if (apple === null && !(error instanceof AppError)) throw error;
    if (apple !== null && release.state !== 'planned') await waitOrGiveUp(deps, release, apple);
    else {
      const code = release.state === 'planned' ? 'release.stopped' : 'release.unknown';
      await finish(deps, release, { state: 'failed', code, apple });
    }
    return null;
  }
}

function finish(deps: Deps, release: Release, outcome: ReleaseOutcome): Promise<void> {
  return deps.store.write((tx) => finishRelease(tx, release, outcome, deps.now()));
}

/** Includes what Apple said in the meantime, if anything: no reading has settled that yet. */
function lookAgainLater(deps: Deps, release: Release, said: AppleFailure | null = null): Promise<void> {
  return deps.store.write(async (tx) => {
    if (said !== null) await tx.releases.note(release.id, said);
    await lookAgain(deps, tx, release, ASK_AGAIN_MS);
  });
}

async function lookAgain(deps: Deps, tx: Tx, release: Release, afterMs: number): Promise<void> {
  await tx.releases.lookAgainAt(release.id, later(deps.now(), afterMs));
  await tx.jobs.release(release.id, afterMs);
}

function isUnknownEvent(failure: AppleFailure): boolean {
  return failure.kind === 'refused' && failure.errorNumber === UNKNOWN_EVENT;
}

/** Queues again what is under way and due: its job was lost with its process. */
export async function resumeReleases(deps: Deps): Promise<number> {
  return deps.store.write(async (tx) => {
    const due = await tx.releases.due(deps.now());
    for (const id of due) await tx.jobs.release(id, 0);
    return due.length;
  });
}
