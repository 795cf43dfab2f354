import { type Deps, deliverNext, type Notify } from '@winesap/core';

/** Channels at once: one that answers slowly delays only itself. */
const LANES = 4;

/** Works on the outbox until nothing is due. */
export async function deliverAll(deps: Deps & { notify: Notify }, signal: AbortSignal): Promise<void> {
  const busy = new Set<string>();
  const lane = async () => {
    while (!signal.aborted && (await deliverNext(deps, busy, signal)));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
