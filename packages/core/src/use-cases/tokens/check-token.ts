import { type AppleFailure, AppleFailureError } from '../../domain/apple-failure.ts';
import { isSentence, stateOfFailure } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Effort } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { openLocation } from '../locations/open-location.ts';
import { type Answer, askApple } from './ask-apple.ts';
import { recordAnswer } from './record-answer.ts';
import { settleClaim } from './settle-claim.ts';

/**
 * Asks Apple whether a token works, and stores the answer: one read, and some more if Apple refuses. Settles a wanted
 * claim on the way.
 */
export async function checkToken(deps: Deps, tokenId: string, effort: Effort, signal?: Abort): Promise<void> {
  const token = await deps.store.read((view) => view.tokens.byId(tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId });

  const answer = await ask(deps, token, effort, suspicionAbout(token), signal);

  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(tokenId);
    if (stored !== null) await recordAnswer(deps, tx, stored, answer, token);
  });
  if (token.claimWanted && answer.kind === 'config') await settleQuietly(deps, tokenId, signal);
}

/** Apple may fail now although it answered a moment ago; the claim then stays wanted until the next check. */
async function settleQuietly(deps: Deps, tokenId: string, signal?: Abort): Promise<void> {
  try {
    await settleClaim(deps, tokenId, null, signal);
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
  }
}

/** An unconfirmed refusal is cleared only if both endpoints answer successfully. */
function suspicionAbout({ failure, confirmed }: TokenRecord): AppleFailure | null {
  return failure !== null && !confirmed && isSentence(stateOfFailure(failure)) ? failure : null;
}

/**
 * Evaluates a failure that occurred outside a check: whether Apple confirms a refusal. A failure that ends no token is
 * returned unchanged.
 */
export async function lookInto(deps: Deps, token: TokenRecord, failure: AppleFailure, signal?: Abort): Promise<Answer> {
  if (isSentence(stateOfFailure(failure))) return ask(deps, token, 'patient', failure, signal);
  return { kind: 'failure', failure, confirmed: false, contradicted: false };
}

async function ask(
  deps: Deps,
  token: TokenRecord,
  effort: Effort,
  suspicion: AppleFailure | null,
  signal?: Abort,
): Promise<Answer> {
  const sentence = token.confirmed && token.failure !== null ? stateOfFailure(token.failure) : null;
  try {
    const location = await openLocation(deps, token);
    return await askApple(deps, location, { effort, suspicion, sentence, claim: token.identity.mdmInfo, signal });
  } catch (error) {
    // An aborted request says nothing about the token.
    if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
    return { kind: 'failure', failure: error.failure, confirmed: false, contradicted: false };
  }
}
