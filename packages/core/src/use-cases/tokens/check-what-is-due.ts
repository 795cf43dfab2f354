import { type Instant, later, MINUTE_MS } from '../../domain/instant.ts';
import { catchUpMs } from '../../domain/tokens/check-schedule.ts';
import type { Deps } from '../../ports/deps.ts';

/** How long a process has to make a check that it took; after that, it is due again for any process. */
const HOLD_MS = 5 * MINUTE_MS;

/**
 * Takes up to this many due checks; no other process gets them in the meantime. `nextAt`: when the next one is due, as
 * far as known; null without tokens.
 */
export async function takeDueChecks(
  deps: Deps,
  most: number,
): Promise<{ tokenIds: readonly string[]; nextAt: Instant | null }> {
  const now = deps.now();
  return deps.store.write(async (tx) => {
    const tokenIds = await tx.tokens.takeForCheck(now, later(now, HOLD_MS), most);
    return { tokenIds, nextAt: await tx.tokens.nextCheckAt() };
  });
}

/** After downtime: spreads late checks over a while, tokens in trouble first. Returns their number. */
export async function spreadLateChecks(deps: Deps): Promise<number> {
  const now = deps.now();
  const lateSince = later(now, -MINUTE_MS);
  return deps.store.write(async (tx) => {
    const late = await tx.tokens.countDueForCheck(lateSince);
    const overMs = catchUpMs(late, deps.settings.checkEveryMs);
    if (overMs === 0) return 0;
    await tx.tokens.spreadChecks(lateSince, now, overMs);
    return late;
  });
}
