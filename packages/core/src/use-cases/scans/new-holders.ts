import type { Assignment } from '../../domain/licenses/asset.ts';
import type { Tx } from '../../ports/store.ts';

/** Whether a difference brought an assignment to somebody who is not known as a user. */
export interface NewHolders {
  found: boolean;
}

/** Looks at rows of a difference, until somebody was found. */
export async function lookForNewHolders(
  tx: Tx,
  uId: string,
  rows: readonly Assignment[],
  newHolders: NewHolders,
): Promise<void> {
  if (newHolders.found) return;
  const holders = rows.filter(({ holderKind }) => holderKind === 'user').map(({ holder }) => holder);
  newHolders.found = await tx.users.hasUnknown(uId, [...new Set(holders)]);
}
