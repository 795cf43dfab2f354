import { AppleFailureError } from '../domain/apple-failure.ts';
import { DAY_MS, later } from '../domain/instant.ts';
import type { Abort } from '../ports/abort.ts';
import type { Deps } from '../ports/deps.ts';
import { openLocation } from './open-location.ts';

/** Names change rarely, and the store's limits are not documented: ask seldom. */
const GOOD_FOR_MS = 14 * DAY_MS;
/** As many as one round asks for; the next round follows after a pause. */
const ROUND = 40;
const PAUSE_MS = 10_000;

/**
 * Asks the store for names and icons it was not asked for lately. Best effort: assets are shown by number until then,
 * and a store that is away is asked again after the next scan. A big location gets its names a round at a time.
 */
export async function readMetadata(deps: Deps, tokenId: string, signal?: Abort): Promise<void> {
  const round = await deps.store.write(async (tx) => {
    const token = await tx.tokens.byId(tokenId);
    if (token === null) return null;
    const adamIds = await tx.metadata.notReadSince(token.identity.uId, later(deps.now(), -GOOD_FOR_MS), ROUND);
    return adamIds.length === 0 ? null : { token, adamIds };
  });
  if (round === null) return;
  const { identity } = round.token;
  try {
    const location = await openLocation(deps, round.token);
    const items = await location.metadata(round.adamIds, identity.country, identity.defaultPlatform, signal);
    await deps.store.write(async (tx) => {
      await tx.metadata.save(identity.uId, items, deps.now());
      if (round.adamIds.length === ROUND) await tx.jobs.readMetadata(tokenId, PAUSE_MS);
    });
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
  }
}
