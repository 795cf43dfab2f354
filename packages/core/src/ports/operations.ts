import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { Assignment } from '../domain/licenses/asset.ts';
import type { Release, ReleaseOutcome } from '../domain/operations/release.ts';

export interface Releases {
  /** The one under way for the assignment, if any, else a new one. */
  insertUnlessUnderWay(
    release: { tokenId: string; uId: string; assignment: Assignment; assetName: string; requestedBy: string },
    now: Instant,
  ): Promise<{ id: string; fresh: boolean }>;
  byId(id: string): Promise<Release | null>;
  /** The one whose event Apple speaks of. */
  byEvent(uId: string, eventId: string): Promise<Release | null>;
  /** Planned → sent. False when somebody else sends it or has sent it. */
  markSent(id: string, now: Instant): Promise<boolean>;
  /** Sent → planned: nothing left this machine. */
  putBack(id: string): Promise<boolean>;
  /** Sent → accepted. False when it ended meanwhile. */
  accepted(id: string, eventId: string, now: Instant): Promise<boolean>;
  /** Takes the right to ask Apple about it now; false when it was asked after `before`, or has ended. */
  takeLook(id: string, before: Instant, now: Instant): Promise<boolean>;
  /** What Apple said against it, while it is under way. */
  note(id: string, said: AppleFailure): Promise<void>;
  /** When it is looked at again, should its job get lost. */
  lookAgainAt(id: string, at: Instant): Promise<void>;
  /** False when it had ended already. */
  finish(id: string, outcome: ReleaseOutcome, now: Instant): Promise<boolean>;
  /** Whether Apple's notifications come in for the location, so that it is worth waiting for one. */
  isNotified(uId: string): Promise<boolean>;
  /** Under way, and to be looked at by then. */
  due(now: Instant): Promise<string[]>;
}
