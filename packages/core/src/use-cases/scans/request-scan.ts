import { DEAD } from '../../domain/tokens/token-state.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { ScanRecord } from '../../ports/scans.ts';
import type { TokenRecord } from '../../ports/tokens.ts';

/** This token can't read anything, and why. */
export function refusalOfDead({ state, failure }: Pick<TokenRecord, 'state' | 'failure'>): AppError {
  return new AppError('scan.token-dead', { state, ...(failure === null ? {} : { failure }) });
}

/** Queues a scan. If one is under way for the location, returns that one, and restarts it if it has stalled. */
export async function requestScan(
  deps: Deps,
  tokenId: string,
  reason: Extract<ScanRecord['reason'], 'button' | 'schedule' | 'notification'>,
): Promise<string> {
  return deps.store.write(async (tx) => {
    const token = await tx.tokens.byId(tokenId);
    if (token === null) throw new AppError('token.not-found', { tokenId });
    if (DEAD.has(token.state)) throw refusalOfDead(token);
    const scan = await tx.scans.insertUnlessUnderWay(token, reason, deps.now());
    if (scan.fresh || scan.stalled) await tx.jobs.scan(scan.id);
    return scan.id;
  });
}
