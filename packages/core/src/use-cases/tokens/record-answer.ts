import type { AppleFailure } from '../../domain/apple-failure.ts';
import type { Actor } from '../../domain/event.ts';
import { daysUntil, type Instant, MINUTE_MS } from '../../domain/instant.ts';
import { claimState } from '../../domain/locations/claim.ts';
import { kindOfOrganization, leftOut, mergeAnswer, portalOf } from '../../domain/locations/identity.ts';
import { shareOf } from '../../domain/time-slot.ts';
import { nextCheckAt } from '../../domain/tokens/check-schedule.ts';
import { healthWords } from '../../domain/tokens/health-words.ts';
import { isSentence, SEVERITY, stateOfFailure, type TokenState, tokenState } from '../../domain/tokens/token-state.ts';
import type { ClientConfig } from '../../ports/apple.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenHealth, TokenRecord } from '../../ports/tokens.ts';
import { reconcileHook } from '../hooks/reconcile-hook.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import type { Answer } from './ask-apple.ts';

/** A refusal that recurs after this long, without a successful answer in between, is confirmed as well. */
const STANDS_AFTER_MS = MINUTE_MS - 10_000;

/**
 * Turns Apple's answer into the token's health, within the caller's transaction. A change of state causes one event;
 * the same answer again causes none. Pass the token as it was when the request was sent: an answer to an older file
 * says nothing about the current one, and a configuration requested before Winesap changed it proves only that the
 * token works. The event names no actor: the request does not cause the answer.
 */
export async function recordAnswer(
  deps: Deps,
  tx: Tx,
  token: TokenRecord,
  answer: Answer,
  sent: Pick<TokenRecord, 'version' | 'configWrites'>,
): Promise<TokenState> {
  if (sent.version !== token.version) return token.state;
  const now = deps.now();
  const config = answer.kind === 'config' && sent.configWrites === token.configWrites ? answer.config : null;
  const seen = config === null ? token : applyConfig(deps, token, config);
  if (seen !== token) await tx.tokens.setIdentity(token.id, seen.identity);

  const found = findings(token, answer, now);
  const definite = found.failure === null || found.confirmed;
  const basis = { ...seen, ...found, definiteAt: definite ? now : token.definiteAt };
  const health = assess(deps, basis, now, true);
  if (answer.kind === 'config') health.successAt = now;
  await tx.tokens.setHealth(token.id, health);

  if (holderChangedAgain(token, seen, health.state)) await tx.events.append(claimChangedEvent(seen), now);
  if (token.claim === 'ours' && seen.claim === 'free') await tx.events.append(claimGoneEvent(seen), now);
  if (answer.kind === 'config' && answer.withdrawn !== null && isNews(answer.withdrawn, token, health.state))
    await tx.events.append(withdrawnEvent(seen, answer.withdrawn), now);
  await appendTransition(tx, seen, token.state, health.state, health.failure, null, now);
  if (config !== null) {
    await noteLeftOut(tx, token, leftOut(config, token.identity), now);
    await reconcileHook(deps, tx, seen, config.hook, now);
  }
  return health.state;
}

/** The event for a change of state covers the failure; an answer about another location is always logged. */
function isNews(withdrawn: AppleFailure, before: TokenRecord, state: TokenState): boolean {
  return withdrawn.kind === 'other-location' || state === before.state;
}

/**
 * Returns the failure that remains after an answer. A confirmed refusal stays until Apple answers successfully or
 * confirms another one.
 */
function findings(
  token: TokenRecord,
  answer: Answer,
  now: Instant,
): Pick<TokenRecord, 'failure' | 'confirmed' | 'refusedSince'> {
  if (answer.kind === 'config') return { failure: null, confirmed: false, refusedSince: null };
  const { failure, contradicted } = answer;
  // A credential that can't be opened says nothing about Apple, and outranks everything that Apple said.
  if (failure.kind === 'not-asked') return { failure, confirmed: false, refusedSince: token.refusedSince };
  const isRefusal = isSentence(stateOfFailure(failure));
  const since = contradicted ? null : token.refusedSince;
  const stands = isRefusal && since !== null && now.getTime() - since.getTime() >= STANDS_AFTER_MS;
  if (answer.confirmed || stands) return { failure, confirmed: true, refusedSince: since ?? now };
  if (token.confirmed && !contradicted)
    return { failure: token.failure, confirmed: true, refusedSince: token.refusedSince };
  return { failure, confirmed: false, refusedSince: isRefusal && !contradicted ? (since ?? now) : since };
}

export type HealthBasis = Pick<
  TokenRecord,
  | 'identity'
  | 'state'
  | 'stateSince'
  | 'failure'
  | 'confirmed'
  | 'refusedSince'
  | 'definiteAt'
  | 'checkedAt'
  | 'successAt'
  | 'claim'
>;

/** Returns the health of a token from what is stored, without a new answer: time alone can change the state. */
export function assess(deps: Deps, token: HealthBasis, now: Instant, checked: boolean): TokenHealth {
  const state = tokenState(
    {
      expiresAt: token.identity.expiresAt,
      failure: token.failure,
      confirmed: token.confirmed,
      definiteAt: token.definiteAt,
      claim: token.claim,
    },
    now,
    deps.settings.unknownAfterMs,
  );
  const stateSince = state === token.state ? token.stateSince : now;
  return {
    state,
    stateSince,
    failure: token.failure,
    confirmed: token.confirmed,
    refusedSince: token.refusedSince,
    definiteAt: token.definiteAt,
    checkedAt: checked ? now : (token.checkedAt ?? now),
    successAt: token.successAt,
    nextCheckAt: nextCheckAt(
      { state, since: stateSince, expiresAt: token.identity.expiresAt, retryAfterMs: askedToWaitMs(token.failure) },
      now,
      deps.settings.checkEveryMs,
      shareOf(token.identity.uId),
    ),
    claim: token.claim,
  };
}

/**
 * Appends one event for one change of state. Trouble that comes and goes with Apple's outages is a warning, red states
 * are errors.
 */
export async function appendTransition(
  tx: Tx,
  token: TokenRecord,
  before: TokenState,
  after: TokenState,
  failure: AppleFailure | null,
  actor: Actor | null,
  now: Instant,
): Promise<void> {
  if (before === after || (after === 'healthy' && before === 'unknown' && token.checkedAt === null)) return;
  await tx.jobs.evaluateRules();
  const words = healthWords(after, {
    locationName: nameOf(token),
    daysLeft: token.identity.expiresAt === null ? null : daysUntil(token.identity.expiresAt, now),
    claimName: token.identity.mdmInfo?.name ?? null,
    failure,
    portal: portalOf(kindOfOrganization(token.identity)),
  });
  const severity = SEVERITY[after];
  // One line says what happened; the reason and the next step are shown in the details.
  const told =
    after === 'healthy'
      ? { text: 'The token works again.', why: {} }
      : { text: words.title, why: { cause: words.cause, nextStep: words.nextStep.text } };
  const isAlarm = severity === 'broken' || severity === 'unknown' || failure?.kind === 'other-location';
  const level = isAlarm ? 'error' : severity === 'soon' ? 'warning' : 'info';
  await tx.events.append(
    tokenEvent(
      token,
      { level, code: `token.${after}`, text: told.text, failure, data: { ...told.why, before, after } },
      actor,
    ),
    now,
  );
}

function applyConfig(deps: Deps, token: TokenRecord, config: ClientConfig): TokenRecord {
  const identity = mergeAnswer(config, token.identity);
  return { ...token, identity, claim: claimState(identity.mdmInfo, deps.installationId, token.agreedClaimId) };
}

/** Logged once, not at every check: Apple may leave the same property out for a week. */
async function noteLeftOut(tx: Tx, token: TokenRecord, members: readonly string[], now: Instant): Promise<void> {
  if (members.join() === token.leftOut.join()) return;
  await tx.tokens.setLeftOut(token.id, members);
  if (members.length > 0) await tx.events.append(leftOutEvent(token, members), now);
}

/** The first time, the change of state covers it; from one foreign holder to the next, the state stays the same. */
function holderChangedAgain(before: TokenRecord, seen: TokenRecord, state: TokenState): boolean {
  const changed = before.identity.mdmInfo?.id !== seen.identity.mdmInfo?.id;
  return changed && state === 'claimed-elsewhere' && before.state === 'claimed-elsewhere';
}

function claimChangedEvent(token: TokenRecord) {
  const holder = token.identity.mdmInfo;
  return tokenEvent(
    token,
    {
      level: 'warning',
      code: 'claim.changed',
      text: `${nameOf(token)} is now claimed by “${holder?.name ?? 'an unnamed server'}”. Winesap changes nothing until a person decides.`,
      data: { claimId: holder?.id ?? null, claimName: holder?.name ?? null },
    },
    null,
  );
}

function claimGoneEvent(token: TokenRecord) {
  return tokenEvent(
    token,
    {
      level: 'warning',
      code: 'claim.gone',
      text: `Our claim of ${nameOf(token)} is gone at Apple; nobody manages it there. Choose Manage again to set it.`,
    },
    null,
  );
}

function withdrawnEvent(token: TokenRecord, failure: AppleFailure) {
  const isForeign = failure.kind === 'other-location';
  const what = isForeign
    ? `answered once about location ${failure.found} instead of ${failure.expected}, and a moment later about the right one. Winesap used nothing of the wrong answer.`
    : 'refused this token once and accepted it a moment later. The token works; nothing to do.';
  return tokenEvent(
    token,
    {
      level: isForeign ? 'error' : 'info',
      code: 'token.refusal-withdrawn',
      text: `Apple ${what}`,
      failure,
    },
    null,
  );
}

function leftOutEvent(token: TokenRecord, members: readonly string[]) {
  return tokenEvent(
    token,
    {
      level: 'info',
      code: 'token.left-out',
      text: `Apple’s answer about ${nameOf(token)} left out ${members.join(', ')}. Winesap keeps what it knew.`,
      data: { members },
    },
    null,
  );
}

function askedToWaitMs(failure: AppleFailure | null): number | null {
  return failure?.kind === 'refused' ? failure.retryAfterMs : null;
}
