import { DEAD } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import { checkToken } from '../tokens/check-token.ts';
import { requestScan } from './request-scan.ts';

/**
 * Checks, then scans, whatever the token's state. A scan starts with a check anyway; only if a refusal is expected is
 * Apple asked beforehand, so that the person learns immediately that the refusal stands.
 * Errors: scan.token-dead, with Apple's current answer.
 */
export async function scanNow(deps: Deps, tokenId: string, signal?: Abort): Promise<string> {
  const token = await deps.store.read((view) => view.tokens.byId(tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId });
  if (DEAD.has(token.state)) await checkToken(deps, tokenId, 'quick', signal);
  return requestScan(deps, tokenId, 'button');
}
