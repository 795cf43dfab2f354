import type { Instant } from '../../domain/instant.ts';
import { sameAssignment } from '../../domain/licenses/asset.ts';
import type { Notice } from '../../domain/notifications/notice.ts';
import type { Tx } from '../../ports/store.ts';
import { finishRelease } from '../operations/finish-release.ts';

/**
 * Ends the releases that notifications report as done, before Apple is polled about them. One that is reported as
 * failed is checked immediately: what Apple lists decides.
 */
export async function settleReleases(tx: Tx, uId: string, notices: readonly Notice[], now: Instant): Promise<void> {
  for (const notice of notices) {
    if (notice.kind !== 'assignments' || notice.change !== 'taken') continue;
    const release = await tx.releases.byEvent(uId, notice.eventId);
    if (release === null || !notice.assignments.some((row) => sameAssignment(row, release.assignment))) continue;
    if (notice.succeeded) {
      await finishRelease(tx, release, { state: 'done' }, now);
      continue;
    }
    await tx.releases.note(release.id, {
      kind: 'refused',
      httpStatus: 200,
      errorNumber: notice.errorNumber,
      errorMessage: null,
      doing: 'disassociating assets',
      retryAfterMs: null,
    });
    await tx.releases.lookAgainAt(release.id, now);
    await tx.jobs.release(release.id, 0);
  }
}
