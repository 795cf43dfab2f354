import { SealError } from '../../domain/seal-error.ts';
import { hookPlace } from '../../domain/seal-place.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Arrival } from '../../ports/notifications.ts';
import type { Tx } from '../../ports/store.ts';
import { openMarked } from '../locations/open-marked.ts';

/**
 * Returns the location and the secrets in clear text for the last part of one of our addresses; null if it doesn't
 * exist. A secret that does not open is left out, and is replaced at Apple.
 */
export async function openHook(deps: Deps, path: string): Promise<{ uId: string; secrets: string[] } | null> {
  const hook = await deps.store.read((view) => view.hooks.byPath(path));
  if (hook === null) return null;
  const secrets: string[] = [];
  for (const { sealed, mark } of hook.secrets)
    try {
      secrets.push(await openMarked(deps.seal, sealed, hookPlace(hook.uId), mark));
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
    }
  if (secrets.length < hook.secrets.length) await deps.store.write((tx) => wantNewSecret(tx, hook.uId));
  return { uId: hook.uId, secrets };
}

async function wantNewSecret(tx: Tx, uId: string): Promise<void> {
  const token = await tx.tokens.byLocation(uId);
  const hook = await tx.hooks.of(uId);
  if (token === null || hook === null || hook.rotationWanted) return;
  await tx.hooks.change(uId, { rotationWanted: true });
  await tx.jobs.applyHook(token.id);
}

/**
 * The key of a body in the inbox. A body without Apple's ID, or one that isn't a notification, is identified by its
 * text.
 */
export function arrivalOf(deps: Deps, uId: string, body: string): Arrival {
  const notice = deps.notices.read(body);
  // PostgreSQL stores no NUL characters in text, and JSON has none either.
  const text = body.replaceAll('\0', '\uFFFD');
  const notificationId = notice?.notificationId?.slice(0, 200) ?? `body ${deps.seal.fingerprint(text)}`;
  return { uId, notificationId, type: notice?.type.slice(0, 100) ?? null, body: text };
}

/** Stores what arrived and returns once it is on disk. Returns the number of new ones. */
export async function keepArrivals(deps: Deps, arrivals: readonly Arrival[]): Promise<number> {
  return deps.store.write((tx) => tx.notifications.insert(arrivals, deps.now()));
}

/** Queues the processing of what waits at a location. */
export async function announceArrivals(deps: Deps, uIds: readonly string[]): Promise<void> {
  await deps.store.write(async (tx) => {
    for (const uId of uIds) await tx.jobs.processNotifications(uId);
  });
}
