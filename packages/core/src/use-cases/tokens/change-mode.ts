import { AppleFailureError } from '../../domain/apple-failure.ts';
import type { Actor } from '../../domain/event.ts';
import { claimState, holderOf, type Mode, planClaim } from '../../domain/locations/claim.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { ClientConfig } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { logReleased, releaseHook } from '../hooks/release-hook.ts';
import { openLocation } from '../locations/open-location.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { appleRefusal } from './read-location.ts';
import { appendTransition, assess } from './record-answer.ts';
import { settleClaim } from './settle-claim.ts';

/**
 * Switches between watch and manage; also resolves *claimed elsewhere*. Watching agrees to the current holder and sends
 * no write: our claim stays at Apple until it is released or taken. Managing claims, like adding a token.
 */
export async function changeMode(
  deps: Deps,
  input: { tokenId: string; mode: Mode; takeOverFrom: string | null },
  actor: Actor,
  signal?: Abort,
): Promise<void> {
  const token = await deps.store.read((view) => view.tokens.byId(input.tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
  try {
    const location = await openLocation(deps, token);
    const config = await location.clientConfig('quick', signal);
    const plan = planClaim(input.mode, config.mdmInfo, deps.installationId, input.takeOverFrom);
    if (plan.do === 'refuse') throw new AppError(plan.code, { holder: plan.holder });
    // We may still change the location now, but not once it is only watched.
    const hook = input.mode === 'watch' ? await releaseHook(deps, location, token, signal) : null;
    await storeMode(deps, input, config, plan.do === 'claim', actor);
    if (hook !== null) await logReleased(deps, token, hook, actor);
    if (plan.do === 'claim') await settleClaim(deps, input.tokenId, actor, signal);
  } catch (error) {
    if (error instanceof AppleFailureError) throw appleRefusal(error.failure, error);
    throw error;
  }
}

async function storeMode(
  deps: Deps,
  input: { tokenId: string; mode: Mode },
  config: ClientConfig,
  claimWanted: boolean,
  actor: Actor,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(input.tokenId);
    if (stored === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
    const now = deps.now();
    const foreign = holderOf(config.mdmInfo, deps.installationId) === 'foreign';
    const agreed = foreign ? (config.mdmInfo?.id ?? null) : null;
    const changed: TokenRecord = {
      ...stored,
      mode: input.mode,
      identity: { ...stored.identity, mdmInfo: config.mdmInfo },
      claim: claimState(config.mdmInfo, deps.installationId, agreed),
      failure: null,
      confirmed: false,
      refusedSince: null,
      definiteAt: now,
      successAt: now,
    };
    await tx.tokens.setMode(input.tokenId, input.mode, agreed, claimWanted);
    await tx.tokens.setIdentity(input.tokenId, changed.identity);
    const health = assess(deps, changed, now, true);
    await tx.tokens.setHealth(input.tokenId, health);
    if (!claimWanted) await tx.events.append(modeEvent(changed, actor), now);
    await appendTransition(tx, changed, stored.state, health.state, null, actor, now);
  });
}

function modeEvent(token: TokenRecord, actor: Actor) {
  const beside = token.claim === 'agreed' ? `, beside “${token.identity.mdmInfo?.name ?? 'another server'}”` : '';
  return tokenEvent(
    token,
    {
      level: 'info',
      code: 'token.mode-changed',
      text: `Winesap ${token.mode === 'watch' ? 'watches' : 'manages'} ${nameOf(token)}${beside}.`,
      data: { mode: token.mode, claimId: token.identity.mdmInfo?.id ?? null },
    },
    actor,
  );
}
