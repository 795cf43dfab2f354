import { AppleFailureError } from '../../domain/apple-failure.ts';
import { NAME_SCHEDULE } from '../../domain/licenses/name-schedule.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AssetMetadata } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { openLocation } from '../locations/open-location.ts';

/** The number per round; the next round follows after a pause. */
const ROUND = 40;
const PAUSE_MS = 10_000;

/**
 * Asks the store for names and icons that are due. Best effort: until then, assets are shown by number. Those without a
 * name, because the store was down or silent, are requested again after minutes, an hour, then every day. A big
 * location gets its names one round at a time.
 */
export async function readMetadata(deps: Deps, tokenId: string, signal?: Abort): Promise<void> {
  const round = await deps.store.read(async (view) => {
    const token = await view.tokens.byId(tokenId);
    if (token === null) return null;
    const adamIds = await view.metadata.due(token.identity.uId, NAME_SCHEDULE, deps.now(), ROUND);
    return adamIds.length === 0 ? null : { token, adamIds };
  });
  if (round === null) return;
  const { token, adamIds } = round;
  const { uId } = token.identity;
  const items = await lookUp(deps, token, adamIds, signal);
  await deps.store.write(async (tx) => {
    const now = deps.now();
    if (items === null) await tx.metadata.noteSilence(uId, adamIds, now);
    else await tx.metadata.save(uId, items, now);
    if (adamIds.length === ROUND) await tx.jobs.readMetadata(tokenId, PAUSE_MS);
    const again = await tx.metadata.namelessAt(uId, NAME_SCHEDULE);
    if (again !== null) await tx.jobs.readMetadata(tokenId, Math.max(PAUSE_MS, again.getTime() - now.getTime()));
  });
}

/** Returns null if the store could not be asked. */
async function lookUp(
  deps: Deps,
  token: TokenRecord,
  adamIds: readonly string[],
  signal?: Abort,
): Promise<AssetMetadata[] | null> {
  const { country, defaultPlatform } = token.identity;
  try {
    const location = await openLocation(deps, token);
    return await location.metadata(adamIds, country, defaultPlatform, signal);
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
    return null;
  }
}
