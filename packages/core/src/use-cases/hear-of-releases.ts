import { sameAssignment } from '../domain/asset.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notice.ts';
import type { ReleaseOutcome } from '../domain/release.ts';
import type { Tx } from '../ports/store.ts';
import { finishRelease } from './finish-release.ts';

/** Ends the releases whose outcome notifications tell; they come before Apple is asked for it. */
export async function hearOfReleases(tx: Tx, uId: string, notices: readonly Notice[], now: Instant): Promise<void> {
  for (const notice of notices) {
    if (notice.kind !== 'assignments' || notice.change !== 'taken') continue;
    const release = await tx.releases.byEvent(uId, notice.eventId);
    if (release === null || !notice.assignments.some((row) => sameAssignment(row, release.assignment))) continue;
    const outcome: ReleaseOutcome = notice.succeeded
      ? { state: 'done' }
      : {
          state: 'failed',
          code: 'release.refused',
          apple: {
            kind: 'refused',
            httpStatus: 200,
            errorNumber: notice.errorNumber,
            errorMessage: null,
            doing: 'disassociating assets',
            retryAfterMs: null,
          },
        };
    await finishRelease(tx, release, outcome, now);
  }
}
