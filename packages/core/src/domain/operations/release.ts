import type { AppleFailure } from '../apple-failure.ts';
import type { Instant } from '../instant.ts';
import { MINUTE_MS } from '../instant.ts';
import type { Assignment } from '../licenses/asset.ts';

/**
 * `planned`: written down, nothing sent. `sent`: marked before the request leaves, so that after a crash nobody sends it
 * again. `accepted`: Apple has it and named its event. `done`, `failed`: the end.
 */
export type ReleaseState = 'planned' | 'sent' | 'accepted' | 'done' | 'failed';

/** Taking one license back from the device or user that holds it. */
export interface Release {
  id: string;
  tokenId: string;
  uId: string;
  assignment: Assignment;
  /** What the store calls the asset, else its number. */
  assetName: string;
  state: ReleaseState;
  eventId: string | null;
  requestedBy: string;
  sentAt: Instant | null;
  acceptedAt: Instant | null;
  /** While it is under way: what Apple said against it, which no reading has settled yet. */
  said: AppleFailure | null;
}

/** Why a release did not come to be. */
export type ReleaseFailure =
  /** Apple said no, at once or as the outcome of its event, and still lists the license. */
  | 'release.refused'
  /** Nothing left this machine, or nothing arrived. */
  | 'release.not-sent'
  /** Whether the request arrived is not known, and ten minutes later the license is still assigned. */
  | 'release.lost'
  /** Apple took it on and did not come to an end. */
  | 'release.stuck'
  /** What became of it could not be learned. */
  | 'release.unknown'
  /** The token was removed, died, or only watches now. */
  | 'release.stopped';

export type ReleaseOutcome = { state: 'done' } | { state: 'failed'; code: ReleaseFailure; apple: AppleFailure | null };

/** Apple's rules for asking after an event (fact sheet §4, documented). */
export const ASK_AGAIN_MS = 30_000;
const NOTIFICATION_WAIT_MS = 5 * MINUTE_MS;
const WAIT_AT_MOST_MS = 10 * MINUTE_MS;
/** Apple needs seconds for one license (practice); where no notification will come there is nothing else to wait for. */
const FIRST_LOOK_MS = 2_000;
/** Apple being away says nothing about the release; so long it is asked again. */
const SILENCE_AT_MOST_MS = 60 * MINUTE_MS;

export function firstLookMs(notified: boolean): number {
  return notified ? NOTIFICATION_WAIT_MS : FIRST_LOOK_MS;
}

/** Waited as long as Apple asks for. */
export function isOverdue(since: Instant | null, now: Instant): boolean {
  return since === null || now.getTime() - since.getTime() >= WAIT_AT_MOST_MS;
}

export function isSilentTooLong(since: Instant | null, now: Instant): boolean {
  return since === null || now.getTime() - since.getTime() >= SILENCE_AT_MOST_MS;
}

/** With these Apple turns a request away before it does anything about it: too many requests, maintenance. */
const TURNED_AWAY: ReadonlySet<number> = new Set([9646, 9729]);
/** Apple gave up on a request in time; how far it had come, nobody knows. */
const INTERNAL_ERROR = 9603;

/**
 * Whether Apple may have taken a request on although it did not say so: after anything but Apple's own readable refusal.
 * A page of a proxy, nothing, and half an answer may come after the request was carried out. Then only reading tells.
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

/** Apple itself said no to the request, for a reason that is about it. */
export function isRefusal(failure: AppleFailure): boolean {
  if (failure.kind !== 'refused' || failure.errorNumber === null) return false;
  return !TURNED_AWAY.has(failure.errorNumber) && !mayHaveBeenTaken(failure);
}

/** Why a release has failed that is still assigned when the time is over. */
export function failureOf({ state, said }: Pick<Release, 'state' | 'said'>): ReleaseFailure {
  if (said !== null && isRefusal(said)) return 'release.refused';
  return state === 'accepted' ? 'release.stuck' : 'release.lost';
}
