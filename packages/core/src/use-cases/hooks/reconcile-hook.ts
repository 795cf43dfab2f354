import { type Hook, type HookPlan, planHook, type ShownHook, shownAddress } from '../../domain/hooks/hook.ts';
import { DAY_MS, type Instant } from '../../domain/instant.ts';
import { withoutPath } from '../../domain/quote.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { hookDriftedEvent, hookSetEvent } from './hook-event.ts';

/**
 * Compares the notification settings that Apple shows with those we want, within the caller's transaction. Writes
 * nothing to Apple: if something has to be set, it queues a job.
 */
export async function reconcileHook(
  deps: Deps,
  tx: Tx,
  token: TokenRecord,
  shown: ShownHook,
  now: Instant,
): Promise<void> {
  const { hookBase: base, rotateSecretEveryMs: rotateEveryMs } = deps.settings;
  const hook = await tx.hooks.of(token.identity.uId);
  if (hook === null && base === null) return;
  if (hook !== null) await tx.hooks.change(hook.uId, { shown: shownChange(shown, base, hook, now) });

  const plan = planHook({ base, mode: token.mode, claim: token.claim, hook, shown, rotateEveryMs }, now);
  if (plan.do === 'nothing') {
    if (hook === null || !isKept(deps, token)) return;
    await noteRight(tx, token, hook, shown, now);
    if (areTypesOld(hook, now)) await tx.jobs.applyHook(token.id);
    return;
  }
  // Apple may have left the address out. The job reads again before it reports the address as gone, and before it sets
  // it.
  if (hook !== null && plan.do === 'set' && plan.because[0] !== 'gone')
    await noteDrift(tx, token, hook, plan, shown, now);
  if (hook?.nextTryAt == null || hook.nextTryAt <= now) await tx.jobs.applyHook(token.id);
}

/** Apple showed what we want, and now shows something else: logged once. */
export async function noteDrift(
  tx: Tx,
  token: TokenRecord,
  hook: Hook,
  plan: Extract<HookPlan, { do: 'set' }>,
  shown: ShownHook,
  now: Instant,
): Promise<void> {
  const [reason] = plan.because;
  if (hook.state !== 'set' || reason === undefined || reason === 'rotation') return;
  await tx.hooks.change(hook.uId, { state: 'drifted' });
  const found = { url: shown.url === null ? null : withoutPath(shown.url), types: shown.types };
  await tx.events.append(hookDriftedEvent(token, reason, found, hook.wantedTypes), now);
}

/** Apple shows what we want, for whatever reason: a new secret has arrived there, and no drift or refusal remains. */
export async function noteRight(tx: Tx, token: TokenRecord, hook: Hook, shown: ShownHook, now: Instant): Promise<void> {
  await promote(tx, hook, shown, now);
  if (hook.state === 'set') {
    if (hook.nextTryAt !== null) await tx.hooks.change(hook.uId, { retry: null });
    return;
  }
  await tx.hooks.change(hook.uId, { state: 'set', setAt: now, failure: null, retry: null });
  await tx.events.append(hookSetEvent(token, [], null), now);
}

/** Apple shows the new secret, so the old one is no longer valid. */
export async function promote(tx: Tx, hook: Hook, shown: ShownHook, now: Instant): Promise<Hook> {
  if (hook.next === null || shown.secretMark !== hook.next.mark) return hook;
  const { secret, mark } = hook.next;
  await tx.hooks.change(hook.uId, { secret: { secret, mark, at: now }, next: null });
  return { ...hook, secret, secretMark: mark, secretAt: now, next: null, rotationWanted: false };
}

/** Whether Winesap manages the notifications of this location at all. */
export function isKept(deps: Deps, token: Pick<TokenRecord, 'mode' | 'claim'>): boolean {
  return deps.settings.hookBase !== null && token.mode === 'manage' && token.claim === 'ours';
}

/** Apple may offer more types one day. */
function areTypesOld(hook: Hook, now: Instant): boolean {
  return hook.typesAt === null || now.getTime() - hook.typesAt.getTime() >= DAY_MS;
}

export function shownChange(shown: ShownHook, base: string | null, hook: Pick<Hook, 'path'>, at: Instant) {
  const address = shownAddress(shown.url, base, hook.path);
  // The path of another system's address may be a secret.
  const url = shown.url === null ? null : address === 'foreign' ? withoutPath(shown.url) : shown.url;
  return { address, url, types: shown.types, at };
}
