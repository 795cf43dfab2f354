import type { Hook } from '../../domain/hooks/hook.ts';
import { hookPlace } from '../../domain/seal-place.ts';
import type { Deps } from '../../ports/deps.ts';
import { openMarked } from '../locations/open-marked.ts';

/** Returns the secret that Apple should send: the next one if there is one. Errors: SealError. */
export function openHookSecret(deps: Pick<Deps, 'seal'>, hook: Hook): Promise<string> {
  const { secret, mark } = hook.next ?? { secret: hook.secret, mark: hook.secretMark };
  return openMarked(deps.seal, secret, hookPlace(hook.uId), mark);
}
