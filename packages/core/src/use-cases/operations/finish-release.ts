import { appleSaid } from '../../domain/apple-failure.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Assignment } from '../../domain/licenses/asset.ts';
import type { Release, ReleaseFailure, ReleaseOutcome } from '../../domain/operations/release.ts';
import type { Tx } from '../../ports/store.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';

/**
 * Records the end of a release, within the caller's transaction: its outcome, the removed assignment, the counts, the
 * event. The first source of the outcome wins, a notification or Apple's answer; repeats change nothing.
 */
export async function finishRelease(tx: Tx, release: Release, outcome: ReleaseOutcome, now: Instant): Promise<void> {
  const token = await tx.tokens.byLocation(release.uId);
  if (!(await tx.releases.finish(release.id, outcome, now))) return;
  const { assignment, uId } = release;
  if (outcome.state === 'done') {
    const gone = await tx.assets.unassign(uId, [assignment]);
    const { adamId, pricingParam } = assignment;
    // A notification may have reported it before.
    if (gone.length > 0) {
      await tx.assets.addToCounts(uId, [
        { adamId, pricingParam, assigned: -1, total: 0, unreadSince: null, readAt: now },
      ]);
      await tx.assets.judge(uId, now);
    }
  }
  if (token === null) return;
  const what = `the license of ${release.assetName} held by ${holderWords(assignment)}`;
  const data = { releaseId: release.id, eventId: release.eventId, requestedBy: release.requestedBy, ...assignment };
  await tx.events.append(
    tokenEvent(
      token,
      outcome.state === 'done'
        ? {
            level: 'info',
            code: 'release.done',
            text: `Released: ${what} at ${nameOf(token)}. The app may stay on a device for up to 30 days without a license.`,
            data,
          }
        : {
            level: 'warning',
            code: 'release.failed',
            text: `Not released: ${what} at ${nameOf(token)}. ${releaseFailureWords(outcome.code)}${outcome.apple === null ? '' : ` ${appleSaid(outcome.apple)}`}`,
            failure: outcome.apple,
            data: { ...data, reason: outcome.code },
          },
      null,
    ),
    now,
  );
}

export function holderWords({ holderKind, holder }: Assignment): string {
  return holderKind === 'device' ? `the device ${holder}` : `the user ${holder}`;
}

const FAILURE: Record<ReleaseFailure, string> = {
  'release.refused': 'Apple refused it, and the license is still assigned.',
  'release.not-sent': 'Apple couldn’t be reached or was too busy, so nothing was released. Release it again later.',
  'release.lost':
    'It is not known whether the request reached Apple. Ten minutes later the license is still assigned: release it again.',
  'release.stuck': 'Apple took it on, but ten minutes later the license is still assigned. Release it again.',
  'release.unknown':
    'Apple gave no answer for an hour. Scan the location to see whether the license is still assigned.',
  'release.stopped':
    'The token was removed, does not work any more, or Winesap does not manage the location now. Nothing was sent.',
};

/** What went wrong, and the next step. */
export function releaseFailureWords(code: ReleaseFailure): string {
  return FAILURE[code];
}
