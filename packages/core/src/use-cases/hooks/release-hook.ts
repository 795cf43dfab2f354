import { AppleFailureError, appleLine } from '../../domain/apple-failure.ts';
import type { Actor } from '../../domain/event.ts';
import { SealError } from '../../domain/seal-error.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { ourClaim } from '../locations/our-claim.ts';
import { tokenEvent } from '../locations/token-event.ts';
import { openHookSecret } from './open-hook-secret.ts';

export type HookOutcome = 'kept' | 'released' | 'not-released';

/**
 * Asks Apple to stop notifying us, if it does and we manage the location. Never throws because of Apple's answer:
 * giving up a location must work regardless, and later notifications are accepted or refused.
 */
export async function releaseHook(
  deps: Deps,
  location: AppleLocation,
  token: TokenRecord,
  signal?: Abort,
): Promise<{ hook: HookOutcome; said: string | null }> {
  if (token.mode !== 'manage' || token.claim !== 'ours') return { hook: 'kept', said: null };
  const hook = await deps.store.read((view) => view.hooks.of(token.identity.uId));
  if (hook === null || hook.state === 'released') return { hook: 'kept', said: null };
  try {
    const secret = await openHookSecret(deps, hook);
    const gone = await location.releaseHook(ourClaim(deps, token), { path: hook.path, secret }, signal);
    if (gone)
      await deps.store.write((tx) =>
        tx.hooks.change(hook.uId, { state: 'released', failure: null, retry: null, next: null }),
      );
    return { hook: gone ? 'released' : 'not-released', said: gone ? null : 'Apple still shows our address.' };
  } catch (error) {
    if (error instanceof AppleFailureError) return { hook: 'not-released', said: appleLine(error.failure) };
    if (error instanceof SealError) return { hook: 'not-released', said: 'The stored secret cannot be opened.' };
    throw error;
  }
}

/** Logs what happened to Apple's notifications, if anything did. */
export async function logReleased(
  deps: Deps,
  token: TokenRecord,
  released: { hook: HookOutcome; said: string | null },
  actor: Actor,
): Promise<void> {
  const words = releasedWords(released);
  if (words === '') return;
  await deps.store.write(async (tx) => {
    const level = released.hook === 'released' ? 'info' : 'warning';
    const event = { level, code: `notifications.${released.hook}`, text: words.trim() } as const;
    await tx.events.append(tokenEvent(token, event, actor), deps.now());
  });
}

export function releasedWords({ hook, said }: { hook: HookOutcome; said: string | null }): string {
  const words: Record<HookOutcome, string> = {
    kept: '',
    released: ' Apple does not notify Winesap of it any more.',
    'not-released': ` Winesap couldn’t turn off Apple’s notifications; those that still arrive do no harm: ${said ?? ''}`,
  };
  return words[hook];
}
