import { AppleFailureError } from '../../domain/apple-failure.ts';
import { SealError } from '../../domain/seal-error.ts';
import { tokenPlace } from '../../domain/seal-place.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { openMarked } from './open-marked.ts';

/**
 * Returns the location at Apple that a stored token opens. Sends nothing. Errors: AppleFailureError of the kind
 * `not-asked` if the stored credential does not open in this row: there is nothing to ask Apple with.
 */
export async function openLocation(
  deps: Pick<Deps, 'apple' | 'seal'>,
  token: Pick<TokenRecord, 'id' | 'identity' | 'sealed' | 'fingerprint'>,
): Promise<AppleLocation> {
  const { uId } = token.identity;
  try {
    const text = await openMarked(deps.seal, token.sealed, tokenPlace(token.id, uId), token.fingerprint);
    return deps.apple.open(text, uId);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const failure = { kind: 'not-asked', reason: error.code, doing: 'opening the stored token' } as const;
    throw new AppleFailureError(failure, { cause: error });
  }
}
