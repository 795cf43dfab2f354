import type { AppleFailure } from '../apple-failure.ts';
import type { Instant } from '../instant.ts';
import { MINUTE_MS } from '../instant.ts';
import type { Assignment } from '../licenses/asset.ts';

/**
 * `planned`: recorded, nothing sent. `sent`: marked before the request is sent, so that it is not sent again after a
 * crash. `accepted`: Apple has it and returned its event. `done`, `failed`: final.
 */
export type ReleaseState = 'planned' | 'sent' | 'accepted' | 'done' | 'failed';

/** The release of one license from the device or user that holds it. */
export interface Release {
  id: string;
  tokenId: string;
  uId: string;
  assignment: Assignment;
  /** The asset's name in the store, or its number. */
  assetName: string;
  state: ReleaseState;
  eventId: string | null;
  requestedBy: string;
  sentAt: Instant | null;
  acceptedAt: Instant | null;
  /** While it is under way: Apple's objection, which no reading has settled yet. */
  said: AppleFailure | null;
}

/** Why a release failed. */
export type ReleaseFailure =
  /** Apple refused, immediately or as the outcome of its event, and still lists the license. */
  | 'release.refused'
  /** Nothing was sent, or nothing arrived. */
  | 'release.not-sent'
  /** It is unknown whether the request arrived, and ten minutes later the license is still assigned. */
  | 'release.lost'
  /** Apple accepted it and did not finish it. */
  | 'release.stuck'
  /** The outcome could not be determined. */
  | 'release.unknown'
  /** The token was removed, stopped working, or is now only watched. */
  | 'release.stopped';

export type ReleaseOutcome = { state: 'done' } | { state: 'failed'; code: ReleaseFailure; apple: AppleFailure | null };

/** Apple's rules for polling an event (fact sheet §4, documented). */
export const ASK_AGAIN_MS = 30_000;
const NOTIFICATION_WAIT_MS = 5 * MINUTE_MS;
const WAIT_AT_MOST_MS = 10 * MINUTE_MS;
/**
 * Apple needs seconds for one license (practice). Without notifications, polling is the only way to learn the outcome.
 */
const FIRST_LOOK_MS = 2_000;
/** An outage at Apple says nothing about the release, so Winesap keeps asking for this long. */
const SILENCE_AT_MOST_MS = 60 * MINUTE_MS;

export function firstLookMs(notified: boolean): number {
  return notified ? NOTIFICATION_WAIT_MS : FIRST_LOOK_MS;
}

/** Waits as long as Apple asks. */
export function isOverdue(since: Instant | null, now: Instant): boolean {
  return since === null || now.getTime() - since.getTime() >= WAIT_AT_MOST_MS;
}

export function isSilentTooLong(since: Instant | null, now: Instant): boolean {
  return since === null || now.getTime() - since.getTime() >= SILENCE_AT_MOST_MS;
}

/** With these numbers Apple rejects a request before it does anything: too many requests, maintenance. */
const TURNED_AWAY: ReadonlySet<number> = new Set([9646, 9729]);
/** Apple gave up on a request in time; how far it got is unknown. */
const INTERNAL_ERROR = 9603;

/**
 * Whether Apple may have accepted a request although it did not say so: after anything but Apple's own readable
 * refusal. A proxy's page, a missing answer, or a truncated one can follow a request that was carried out. Then only a
 * read can tell.
 */
export function mayHaveBeenTaken(failure: AppleFailure): boolean {
  switch (failure.kind) {
    case 'no-answer':
    case 'other-location':
      return failure.mayHaveArrived;
    case 'unreadable':
      return true;
    case 'not-asked':
      return false;
    case 'refused':
      if (failure.errorNumber === null) return true;
      if (TURNED_AWAY.has(failure.errorNumber)) return false;
      return failure.httpStatus >= 500 || failure.errorNumber === INTERNAL_ERROR;
  }
}

/** Apple itself refused the request, for a reason that concerns the request. */
export function isRefusal(failure: AppleFailure): boolean {
  if (failure.kind !== 'refused' || failure.errorNumber === null) return false;
  return !TURNED_AWAY.has(failure.errorNumber) && !mayHaveBeenTaken(failure);
}

/** Returns why a release failed if the license is still assigned after the deadline. */
export function failureOf({ state, said }: Pick<Release, 'state' | 'said'>): ReleaseFailure {
  if (said !== null && isRefusal(said)) return 'release.refused';
  return state === 'accepted' ? 'release.stuck' : 'release.lost';
}
