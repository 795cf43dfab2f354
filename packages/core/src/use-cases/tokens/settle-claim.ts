import type { Actor } from '../../domain/event.ts';
import { claimState, holderOf } from '../../domain/locations/claim.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { reconcileHook } from '../hooks/reconcile-hook.ts';
import { openLocation } from '../locations/open-location.ts';
import { ourClaim } from '../locations/our-claim.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { assess } from './record-answer.ts';

/**
 * Settles a wanted claim: asks Apple who holds the location now, claims it if that is still what the person agreed to,
 * and reads it back. Safe to call again after a crash: what Apple shows decides, not what we remember. Returns true if
 * the claim is ours afterwards. Throws AppleFailureError if Apple can't be asked.
 */
export async function settleClaim(deps: Deps, tokenId: string, actor: Actor | null, signal?: Abort): Promise<boolean> {
  const token = await deps.store.read((view) => view.tokens.byId(tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId });
  if (!token.claimWanted) return token.claim === 'ours';

  const location = await openLocation(deps, token);
  const before = await location.clientConfig('quick', signal);
  const holder = holderOf(before.mdmInfo, deps.installationId);
  const agreed = holder !== 'foreign' || before.mdmInfo?.id === token.agreedClaimId;
  if (holder !== 'ours' && agreed) await location.claim(ourClaim(deps, token), signal);
  const after = holder === 'ours' || !agreed ? before : await location.clientConfig('quick', signal);

  return deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(tokenId);
    if (stored === null) return false;
    // Settled concurrently, for example by the scan of a new token; it is logged once.
    if (!stored.claimWanted) return stored.claim === 'ours';
    const now = deps.now();
    const claim = claimState(after.mdmInfo, deps.installationId, null);
    const settled: TokenRecord = {
      ...stored,
      identity: { ...stored.identity, mdmInfo: after.mdmInfo },
      claim,
      agreedClaimId: null,
      failure: null,
      confirmed: false,
      refusedSince: null,
      definiteAt: now,
      successAt: now,
    };
    if (holder !== 'ours' && agreed) await tx.tokens.noteConfigWrite(tokenId);
    await tx.tokens.setMode(tokenId, 'manage', null, false);
    await tx.tokens.setIdentity(tokenId, settled.identity);
    await tx.tokens.setHealth(tokenId, assess(deps, settled, now, true));
    await tx.events.append(outcomeEvent(settled, before.mdmInfo?.name ?? null, claim === 'ours', actor), now);
    await reconcileHook(deps, tx, { ...settled, mode: 'manage' }, after.hook, now);
    return claim === 'ours';
  });
}

function outcomeEvent(token: TokenRecord, heldBefore: string | null, ours: boolean, actor: Actor | null) {
  if (!ours)
    return tokenEvent(
      token,
      {
        level: 'error',
        code: 'claim.lost',
        text: `Winesap did not get the claim of ${nameOf(token)}: “${token.identity.mdmInfo?.name ?? 'nobody'}” holds it.`,
        data: { holder: token.identity.mdmInfo },
      },
      actor,
    );
  const from = heldBefore === null || heldBefore === 'Winesap' ? '' : ` It was held by “${heldBefore}”.`;
  return tokenEvent(
    token,
    { level: 'info', code: 'claim.set', text: `Winesap now manages ${nameOf(token)}.${from}`, data: { heldBefore } },
    actor,
  );
}
