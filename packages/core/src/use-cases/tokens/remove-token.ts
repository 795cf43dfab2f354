import { AppleFailureError, appleLine } from '../../domain/apple-failure.ts';
import type { Actor } from '../../domain/event.ts';
import { DEAD } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { releasedWords, releaseHook } from '../hooks/release-hook.ts';
import { openLocation } from '../locations/open-location.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';

export type ClaimOutcome = 'kept' | 'released' | 'not-released';

/**
 * Forgets the credential. No license changes, at Apple or in the history; the events stay. Our claim is released only
 * on request, before the credential is gone. If Apple does not release it, the token is still removed and the event
 * says so.
 */
export async function removeToken(
  deps: Deps,
  input: { tokenId: string; locationName: string; releaseClaim: boolean },
  actor: Actor,
  signal?: Abort,
): Promise<{ claim: ClaimOutcome }> {
  const token = await deps.store.read((view) => view.tokens.byId(input.tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
  if (input.locationName.trim() !== nameOf(token))
    throw new AppError('removal.name-differs', { expected: nameOf(token) });

  const hook = await releaseNotifications(deps, token, signal);
  const released = input.releaseClaim ? await release(deps, token, signal) : { claim: 'kept' as const, said: null };

  await deps.store.write(async (tx) => {
    const now = deps.now();
    const stored = await tx.tokens.byId(input.tokenId);
    if (stored === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
    await tx.scans.supersede(stored.identity.uId, 'scan.token-removed', now);
    await tx.uploads.declineWaiting({ tokenId: input.tokenId }, actor.name, now);
    await tx.tokens.remove(input.tokenId, now);
    await tx.events.append(removedEvent(stored, released, releasedWords(hook), actor), now);
  });
  return { claim: released.claim };
}

async function release(
  deps: Deps,
  token: TokenRecord,
  signal?: Abort,
): Promise<{ claim: ClaimOutcome; said: string | null }> {
  if (token.claim !== 'ours') return { claim: 'kept', said: null };
  try {
    const location = await openLocation(deps, token);
    const gone = await location.releaseClaim(deps.installationId, signal);
    return { claim: gone ? 'released' : 'not-released', said: gone ? null : 'Apple still shows our claim.' };
  } catch (error) {
    if (error instanceof AppleFailureError) return { claim: 'not-released', said: appleLine(error.failure) };
    throw error;
  }
}

/**
 * Nobody would receive them any longer. A token that Apple no longer accepts can't release anything, so Apple isn't
 * asked.
 */
async function releaseNotifications(deps: Deps, token: TokenRecord, signal?: Abort) {
  if (DEAD.has(token.state)) return { hook: 'kept' as const, said: null };
  try {
    return await releaseHook(deps, await openLocation(deps, token), token, signal);
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
    // The stored credential does not open: Apple can't be asked, and removal must still work.
    return { hook: 'not-released' as const, said: appleLine(error.failure) };
  }
}

function removedEvent(
  token: TokenRecord,
  released: { claim: ClaimOutcome; said: string | null },
  hook: string,
  actor: Actor,
) {
  const claim: Record<ClaimOutcome, string> = {
    kept: '',
    released: ' Our claim at Apple was released.',
    'not-released': ` Our claim at Apple could not be released: ${released.said ?? ''}`,
  };
  return tokenEvent(
    token,
    {
      level: released.claim === 'not-released' ? 'warning' : 'info',
      code: 'token.removed',
      text: `The token was removed from the policy “${token.policyName}”. All licenses stay assigned at Apple.${hook}${claim[released.claim]}`,
      data: { claim: released.claim },
    },
    actor,
  );
}
