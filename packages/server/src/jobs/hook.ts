import { type Deps, keepHook } from '@winesap/core';

/** Apple tries the address before it says yes: not before we listen. */
export async function hookJob(
  deps: Deps & { listening: Promise<void> },
  { tokenId }: { tokenId: string },
  signal: AbortSignal,
): Promise<void> {
  await deps.listening;
  await keepHook(deps, tokenId, signal);
}
