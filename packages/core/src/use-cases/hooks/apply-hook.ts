import { type AppleFailure, AppleFailureError } from '../../domain/apple-failure.ts';
import { type Hook, type HookPlan, nextTryMs, planHook, type ShownHook, wantedTypes } from '../../domain/hooks/hook.ts';
import { later, MINUTE_MS } from '../../domain/instant.ts';
import { claimState } from '../../domain/locations/claim.ts';
import { SealError } from '../../domain/seal-error.ts';
import { hookPlace } from '../../domain/seal-place.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation, ClientConfig } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { openLocation } from '../locations/open-location.ts';
import { ourClaim } from '../locations/our-claim.ts';
import { hookRefusedEvent, hookSetEvent } from './hook-event.ts';
import { openHookSecret } from './open-hook-secret.ts';
import { isKept, noteDrift, noteRight, promote, shownChange } from './reconcile-hook.ts';
import { releaseHook } from './release-hook.ts';

/**
 * Updates the notifications of a managed location at Apple to what we want: address, secret, and types. Intent, call,
 * outcome: the secret is stored before the call, because Apple tries the address before it accepts; what Apple shows
 * afterwards decides. If Apple can't be read or refuses, Winesap retries at the time that it shows. Safe to run again
 * at any time, and twice at once.
 */
export async function applyHook(deps: Deps, tokenId: string, signal?: Abort): Promise<void> {
  const token = await deps.store.read((view) => view.tokens.byId(tokenId));
  if (token === null) return;
  if (deps.settings.hookBase === null) {
    await releaseHook(deps, await openLocation(deps, token), token, signal);
    return;
  }
  if (!isKept(deps, token)) return;
  await insertHook(deps, token);
  try {
    await bringToApple(deps, token, signal);
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
    await deps.store.write((tx) => tryAgain(deps, tx, token));
  }
}

async function bringToApple(deps: Deps, token: TokenRecord, signal?: Abort): Promise<void> {
  const location = await openLocation(deps, token);
  const types = wantedTypes(await location.notificationTypes(signal));
  const config = await location.clientConfig('patient', signal);
  const intent = await intend(deps, token, config, types);
  if (intent === null) return;

  const failure = await setAtApple(deps, location, token, intent, types, signal);
  const after = await location.clientConfig('patient', signal);
  await deps.store.write((tx) => settleHook(deps, tx, token.id, after, { ...intent, failure, before: config.hook }));
}

/** Apple can't be read now: what it shows is unknown, and is checked at the next retry. */
async function tryAgain(deps: Deps, tx: Tx, token: TokenRecord): Promise<void> {
  const hook = await tx.hooks.of(token.identity.uId);
  if (hook === null) return;
  await tx.hooks.release(hook.uId);
  await promiseRetry(deps, tx, token.id, hook);
}

/** When Winesap retries. The time is shown to people, so a job exists for it; the minute's round covers a lost job. */
async function promiseRetry(deps: Deps, tx: Tx, tokenId: string, hook: Hook): Promise<void> {
  const attempts = hook.attempts + 1;
  const waitMs = nextTryMs(attempts);
  await tx.hooks.change(hook.uId, { retry: { attempts, at: later(deps.now(), waitMs) } });
  await tx.jobs.applyHook(tokenId, waitMs);
}

/** The address of the location, stored before Apple is asked for anything. */
async function insertHook(deps: Deps, token: TokenRecord): Promise<void> {
  const { uId } = token.identity;
  if ((await deps.store.read((view) => view.hooks.of(uId))) !== null) return;
  const fresh = await newSecret(deps, uId);
  const path = deps.seal.makeSecret().slice(0, 22);
  await deps.store.write((tx) => tx.hooks.insert({ uId, path, ...fresh }, deps.now()));
}

/** Longer than an update at Apple can take, including its test. */
const BUSY_MS = 2 * MINUTE_MS;

interface Intent {
  plan: Extract<HookPlan, { do: 'set' }>;
  hook: Hook;
  url: string;
}

/** Stores what will be sent to Apple. Returns null if nothing has to change. */
async function intend(
  deps: Deps,
  token: TokenRecord,
  config: ClientConfig,
  types: readonly string[],
): Promise<Intent | null> {
  const { hookBase, rotateSecretEveryMs: rotateEveryMs } = deps.settings;
  const { uId } = token.identity;
  const next = await newSecret(deps, uId);
  return deps.store.write(async (tx) => {
    const now = deps.now();
    const stored = await tx.tokens.byId(token.id);
    if (stored === null || hookBase === null) return null;
    if (stored.configWrites !== token.configWrites) {
      // Another process has set it since this answer was asked for: what it shows would look like a drift.
      await tx.jobs.applyHook(token.id);
      return null;
    }
    await tx.hooks.change(uId, { wantedTypes: { types, at: now } });
    const hook = await tx.hooks.of(uId);
    if (hook === null) return null;
    await replaceUnopened(deps, tx, hook);
    const claim = claimState(config.mdmInfo, deps.installationId, stored.agreedClaimId);
    const facts = { base: hookBase, mode: stored.mode, claim, hook, shown: config.hook, rotateEveryMs };
    const plan = planHook(facts, now);
    if (plan.do !== 'set') {
      const isRight = plan.do === 'nothing' && isKept(deps, { mode: stored.mode, claim });
      if (isRight) await noteRight(tx, stored, hook, config.hook, now);
      return null;
    }
    await noteDrift(tx, stored, hook, plan, config.hook, now);
    if (!(await tx.hooks.take(uId, later(now, BUSY_MS), now))) return null;
    if (plan.because.includes('rotation') && hook.next === null) {
      hook.next = { secret: next.secret, mark: next.secretMark, at: now };
      await tx.hooks.change(uId, { next: hook.next, rotationWanted: false });
    }
    return { plan, hook, url: hookBase + hook.path };
  });
}

/** Nobody can use a secret that does not open, so a new one replaces it, at Apple too. */
async function replaceUnopened(deps: Deps, tx: Tx, hook: Hook): Promise<void> {
  try {
    await openHookSecret(deps, hook);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    hook.next = null;
    hook.rotationWanted = true;
    await tx.hooks.change(hook.uId, { next: null, rotationWanted: true });
  }
}

async function newSecret(deps: Deps, uId: string) {
  const text = deps.seal.makeSecret();
  return { secret: await deps.seal.seal(text, hookPlace(uId)), secretMark: deps.seal.fingerprint(text) };
}

/** Returns Apple's refusal, or null. A lost answer isn't a failure: what Apple shows afterwards decides. */
async function setAtApple(
  deps: Deps,
  location: AppleLocation,
  token: TokenRecord,
  { hook, url }: Intent,
  types: readonly string[],
  signal?: Abort,
): Promise<AppleFailure | null> {
  const secret = await openHookSecret(deps, hook);
  try {
    await location.setHook(ourClaim(deps, token), { url, secret, types }, signal);
    return null;
  } catch (error) {
    if (signal?.aborted || !(error instanceof AppleFailureError)) throw error;
    return error.failure;
  }
}

async function settleHook(
  deps: Deps,
  tx: Tx,
  tokenId: string,
  config: ClientConfig,
  { plan, url, failure, before }: Intent & { failure: AppleFailure | null; before: ShownHook },
): Promise<void> {
  const now = deps.now();
  const token = await tx.tokens.byId(tokenId);
  if (token === null) return;
  const hook = await tx.hooks.of(token.identity.uId);
  if (hook === null) return;
  const { hookBase: base, rotateSecretEveryMs: rotateEveryMs } = deps.settings;
  const promoted = await promote(tx, hook, config.hook, now);
  const claim = claimState(config.mdmInfo, deps.installationId, token.agreedClaimId);
  const facts = { base, mode: token.mode, claim, hook: promoted, shown: config.hook, rotateEveryMs };
  await tx.hooks.change(hook.uId, { shown: shownChange(config.hook, base, hook, now) });
  await tx.hooks.release(hook.uId);
  await tx.tokens.noteConfigWrite(tokenId);
  const left = planHook(facts, now);
  if (left.do === 'nothing') {
    await tx.hooks.change(hook.uId, { state: 'set', setAt: now, failure: null, retry: null });
    const replaced = shownChange(before, base, hook, now);
    await tx.events.append(
      hookSetEvent(token, plan.because, replaced.address === 'foreign' ? replaced.url : null),
      now,
    );
    return;
  }
  // Requested again since we started.
  if (left.do === 'set' && left.because.every((reason) => reason === 'rotation') && promoted.next === null) {
    await tx.hooks.change(hook.uId, { state: 'set', setAt: now, failure: null, retry: null });
    await tx.jobs.applyHook(tokenId);
    return;
  }
  await promiseRetry(deps, tx, tokenId, hook);
  // Apple accepted but shows something else: another system changed it again. The next check reports it.
  if (failure === null) return;
  await tx.hooks.change(hook.uId, { state: 'refused', failure: { failure, at: now } });
  // The same refusal again isn't news.
  if (!isSame(hook.failure, failure)) await tx.events.append(hookRefusedEvent(token, failure, url), now);
}

function isSame(before: AppleFailure | null, now: AppleFailure): boolean {
  if (before === null || before.kind !== now.kind) return false;
  return before.kind !== 'refused' || now.kind !== 'refused' || before.errorNumber === now.errorNumber;
}
