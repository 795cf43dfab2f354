import type { Actor } from '../../domain/event.ts';
import type { Assignment } from '../../domain/licenses/asset.ts';
import { DEAD } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { holderWords } from './finish-release.ts';

/**
 * Records that one license should be released, and returns the release to follow. A repeated request while it is under
 * way returns the same one: nothing is sent twice. Refused where Winesap does not manage the location.
 */
export async function requestRelease(
  deps: Deps,
  input: { uId: string; assignment: Assignment; confirm: string },
  actor: Actor,
): Promise<string> {
  const { uId, assignment } = input;
  return deps.store.write(async (tx) => {
    const token = await tx.tokens.byLocation(uId);
    if (token === null) throw new AppError('location.not-found', { uId });
    const asset = await tx.assets.byKey(uId, assignment.adamId, assignment.pricingParam);
    if (asset === null) throw new AppError('asset.not-found', { adamId: assignment.adamId });
    refuseRelease(token);
    if (!asset.revocable) throw new AppError('release.not-revocable', { productType: asset.productType });
    if (input.confirm.trim() !== assignment.holder)
      throw new AppError('release.confirm-differs', { expected: assignment.holder });

    const now = deps.now();
    const assetName = asset.name ?? assignment.adamId;
    const release = await tx.releases.insertUnlessUnderWay(
      { tokenId: token.id, uId, assignment, assetName, requestedBy: actor.name },
      now,
    );
    if (!release.fresh) return release.id;
    // Checked last: an earlier release of the same license may just have ended.
    if (!(await tx.assets.isHeld(uId, assignment)))
      throw new AppError('release.not-held', { holder: assignment.holder });
    await tx.events.append(
      tokenEvent(
        token,
        {
          level: 'info',
          code: 'release.requested',
          text: `Release of the license of ${assetName} held by ${holderWords(assignment)} at ${nameOf(token)} was asked for.`,
          data: { releaseId: release.id, ...assignment },
        },
        actor,
      ),
      now,
    );
    await tx.jobs.release(release.id, 0);
    return release.id;
  });
}

/** Returns why licenses of this location can't be released now, if so. The same rules stop one that is not sent yet. */
export function refuseRelease(token: Pick<TokenRecord, 'mode' | 'claim' | 'state' | 'failure' | 'identity'>): void {
  if (token.mode === 'watch') throw new AppError('release.watched', { locationName: nameOf(token) });
  // After an answer about another location, even an unconfirmed one, it is unknown whose license this would be.
  if (DEAD.has(token.state) || token.failure?.kind === 'other-location')
    throw new AppError('release.token-dead', { state: token.state });
  if (token.claim !== 'ours')
    throw new AppError('release.not-managed', {
      locationName: nameOf(token),
      holder: token.identity.mdmInfo?.name ?? null,
    });
}
