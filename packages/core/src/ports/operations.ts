import type { AppleFailure } from '../domain/apple-failure.ts';
import type { Instant } from '../domain/instant.ts';
import type { Assignment } from '../domain/licenses/asset.ts';
import type { Release, ReleaseOutcome } from '../domain/operations/release.ts';

export interface Releases {
  /** Returns the one under way for the assignment, if any, else a new one. */
  insertUnlessUnderWay(
    release: { tokenId: string; uId: string; assignment: Assignment; assetName: string; requestedBy: string },
    now: Instant,
  ): Promise<{ id: string; fresh: boolean }>;
  byId(id: string): Promise<Release | null>;
  /** Returns the one with Apple's event. */
  byEvent(uId: string, eventId: string): Promise<Release | null>;
  /** Planned → sent. Returns false if another process sends it or has sent it. */
  markSent(id: string, now: Instant): Promise<boolean>;
  /** Sent → planned: nothing was sent. */
  putBack(id: string): Promise<boolean>;
  /** Sent → accepted. Returns false if it ended in the meantime. */
  accepted(id: string, eventId: string, now: Instant): Promise<boolean>;
  /** Takes the right to ask Apple about it now. Returns false if it was asked after `before`, or has ended. */
  takeLook(id: string, before: Instant, now: Instant): Promise<boolean>;
  /** Records Apple's objection while it is under way. */
  note(id: string, said: AppleFailure): Promise<void>;
  /** Sets when it is checked again in case its job gets lost. */
  lookAgainAt(id: string, at: Instant): Promise<void>;
  /** Returns false if it had already ended. */
  finish(id: string, outcome: ReleaseOutcome, now: Instant): Promise<boolean>;
  /** Whether Apple's notifications arrive for the location, so that waiting for one makes sense. */
  isNotified(uId: string): Promise<boolean>;
  /** Returns releases under way that are due by then. */
  due(now: Instant): Promise<string[]>;
}
