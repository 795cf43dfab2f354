import type { Assignment } from '../../domain/licenses/asset.ts';
import type { Tx } from '../../ports/store.ts';

/** Whether a difference includes an assignment to an unknown user. */
export interface NewHolders {
  found: boolean;
}

/** Checks rows of a difference until an unknown user is found. */
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
