import { type AppleFailure, appleLine } from '../../domain/apple-failure.ts';
import type { Actor } from '../../domain/event.ts';
import { type HookReason, missingTypes } from '../../domain/hooks/hook.ts';
import { hookFailureWords } from '../../domain/hooks/hook-words.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';

/** Apple shows something other than what was set. */
export function hookDriftedEvent(
  token: TokenRecord,
  reason: HookReason,
  found: { url: string | null; types: readonly string[] },
  wantedTypes: readonly string[],
) {
  const missing = missingTypes(wantedTypes, found.types);
  const what: Record<HookReason, string> = {
    first: 'no address is set',
    gone: 'the address is gone',
    moved: 'the address is one of ours from before',
    foreign: `they go to ${found.url ?? 'another program'}`,
    secret: 'the secret is another one',
    types: `of these kinds it would send none: ${missing.join(', ')}`,
    rotation: 'the secret is due to be changed',
  };
  return tokenEvent(
    token,
    {
      level: 'warning',
      code: 'notifications.drifted',
      text: `Apple’s notifications of ${nameOf(token)} were changed by another program: ${what[reason]}. Winesap sets them again.`,
      data: { reason, url: found.url, types: found.types, missing },
    },
    null,
  );
}

/** Without a reason: Apple already shows what we want, without a write. */
export function hookSetEvent(token: TokenRecord, because: readonly HookReason[], replaced: string | null) {
  const rotated = because.length > 0 && because.every((reason) => reason === 'rotation');
  const instead = replaced === null ? '' : ` Before, it notified ${replaced}.`;
  return tokenEvent(
    token,
    {
      level: 'info',
      code: rotated ? 'notifications.secret-changed' : 'notifications.set',
      text: rotated
        ? `The secret of Apple’s notifications of ${nameOf(token)} was changed; Apple uses the new one.`
        : `Apple now notifies Winesap of changes at ${nameOf(token)}.${instead}`,
      data: { because },
    },
    null,
  );
}

export function hookRefusedEvent(token: TokenRecord, failure: AppleFailure, url: string) {
  const words = hookFailureWords(failure, url);
  return tokenEvent(
    token,
    {
      level: 'warning',
      code: 'notifications.refused',
      text: `Winesap couldn’t turn on Apple’s notifications of changes at ${nameOf(token)}. ${words.cause} Next: ${words.nextStep} Until then locations are read on schedule.`,
      failure,
      data: { url, apple: appleLine(failure) },
    },
    null,
  );
}

export function secretWantedEvent(token: TokenRecord, actor: Actor) {
  return tokenEvent(
    token,
    {
      level: 'info',
      code: 'notifications.secret-wanted',
      text: `A new secret for Apple’s notifications of ${nameOf(token)} was asked for. Until Apple has it, both are good.`,
    },
    actor,
  );
}
