import type { Actor } from '../../domain/event.ts';
import { DAY_MS, type Instant, later } from '../../domain/instant.ts';
import { channelPlace } from '../../domain/seal-place.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import { channelEvent } from './alerting-events.ts';
import { settingsOf } from './change-channels.ts';

/** How long messages carry both signatures, which receivers of Standard Webhooks understand. */
const BOTH_MS = DAY_MS;

/**
 * Signs a webhook's messages with a new secret from now on, and for a day also with the previous one, so that the
 * receiver accepts them until it has the new one. Returns the new secret and when the old one ends.
 * Errors: channel.not-found, channel.not-signed, channel.sealed.
 */
export async function rotateChannelSecret(
  deps: Pick<Deps, 'store' | 'now' | 'seal' | 'channelKinds'>,
  id: string,
  actor: Actor,
): Promise<{ secret: string; bothUntil: Instant }> {
  return deps.store.write(async (tx) => {
    const channel = await tx.channels.byId(id);
    if (channel === null) throw new AppError('channel.not-found', {});
    const now = deps.now();
    const bothUntil = later(now, BOTH_MS);
    const kind = deps.channelKinds(channel.kind);
    const stored = await settingsOf(deps, channel);
    const signing = kind?.sign(stored ?? {}, deps.seal.makeSecret(), bothUntil) ?? null;
    if (signing === null) throw new AppError('channel.not-signed', {});
    const facts = kind?.facts(signing.settings) ?? null;
    if (stored === null || facts === null) throw new AppError('channel.sealed', {});

    const { name, timing, report } = channel;
    const sealed = await deps.seal.seal(JSON.stringify(signing.settings), channelPlace(id));
    await tx.channels.change(id, { name, timing, report, target: facts.target, sealed }, now);
    const what = 'signs with a new secret. For a day its messages carry both signatures.';
    await tx.events.append(channelEvent(channel, 'info', 'channel.secret-changed', what, actor), now);
    return { secret: signing.secret, bothUntil };
  });
}
