import { AppleFailureError } from '../domain/apple-failure.ts';
import { AppError } from '../errors.ts';
import type { Abort } from '../ports/abort.ts';
import type { Effort } from '../ports/apple.ts';
import type { Deps } from '../ports/deps.ts';
import type { TokenRecord } from '../ports/records.ts';
import { openLocation } from './open-location.ts';
import { type Answer, recordAnswer } from './record-answer.ts';
import { settleClaim } from './settle-claim.ts';

/** Asks Apple once whether a token works, and stores what it said. A claim still wanted is settled on the way. */
export async function checkToken(deps: Deps, tokenId: string, effort: Effort, signal?: Abort): Promise<void> {
  const token = await deps.store.write((tx) => tx.tokens.byId(tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId });

  const answer = await ask(deps, token, effort, signal);

  await deps.store.write(async (tx) => {
    const stored = await tx.tokens.byId(tokenId);
    if (stored !== null) await recordAnswer(deps, tx, stored, answer, token);
  });
  if (token.claimWanted && answer.kind === 'config') await settleQuietly(deps, tokenId, signal);
}

/** Apple answered a moment ago and may not now; then the claim stays wanted until the next check. */
async function settleQuietly(deps: Deps, tokenId: string, signal?: Abort): Promise<void> {
  try {
    await settleClaim(deps, tokenId, null, signal);
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
  }
}

async function ask(deps: Deps, token: TokenRecord, effort: Effort, signal?: Abort): Promise<Answer> {
  try {
    const location = await openLocation(deps, token);
    return { kind: 'config', config: await location.clientConfig(effort, signal) };
  } catch (error) {
    // Who stops asking has learned nothing about the token.
    if (signal?.aborted) throw error;
    if (error instanceof AppleFailureError) return { kind: 'failure', failure: error.failure };
    throw error;
  }
}
