import type { Actor } from '../../domain/event.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { secretWantedEvent } from './hook-event.ts';
import { isKept } from './reconcile-hook.ts';

/** Requests a new secret for a location's notifications. Both are valid until Apple has the new one. */
export async function rotateSecret(deps: Deps, tokenId: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const token = await tx.tokens.byId(tokenId);
    if (token === null) throw new AppError('token.not-found', { tokenId });
    const hook = await tx.hooks.of(token.identity.uId);
    if (hook === null || !isKept(deps, token)) throw new AppError('notifications.not-set', {});
    await tx.hooks.change(hook.uId, { rotationWanted: true });
    await tx.jobs.applyHook(tokenId);
    await tx.events.append(secretWantedEvent(token, actor), deps.now());
  });
}
