import { type Instant, later, MINUTE_MS } from '../../domain/instant.ts';
import { catchUpMs } from '../../domain/tokens/check-schedule.ts';
import type { Deps } from '../../ports/deps.ts';

/** Who takes a check on has so long to make it; then it is due again, for anybody. */
const HOLD_MS = 5 * MINUTE_MS;

/**
 * Takes on up to so many checks that are due now: nobody else gets them meanwhile. `nextAt`: when the next one is due, as
 * far as is known now; null without tokens.
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

/** After a standstill: spreads checks that are late over a while, tokens in trouble first. Gives how many. */
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
