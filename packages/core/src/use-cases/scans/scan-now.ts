import { DEAD } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import { checkToken } from '../tokens/check-token.ts';
import { requestScan } from './request-scan.ts';

/**
 * Check, then scan, whatever the token's state was. A scan begins with asking how the token fares; only where nothing but a
 * refusal is expected Apple is asked beforehand, so that a person hears at once that the refusal stands.
 * Errors: scan.token-dead, with what Apple said just now.
 */
export async function scanNow(deps: Deps, tokenId: string, signal?: Abort): Promise<string> {
  const token = await deps.store.read((view) => view.tokens.byId(tokenId));
  if (token === null) throw new AppError('token.not-found', { tokenId });
  if (DEAD.has(token.state)) await checkToken(deps, tokenId, 'quick', signal);
  return requestScan(deps, tokenId, 'button');
}
