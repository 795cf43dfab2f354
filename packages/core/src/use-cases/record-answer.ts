import type { AppleFailure } from '../domain/apple-failure.ts';
import { nextCheckAt } from '../domain/check-schedule.ts';
import { claimState } from '../domain/claim.ts';
import type { Actor } from '../domain/event.ts';
import { healthWords } from '../domain/health-words.ts';
import { kindOfOrganization, portalOf } from '../domain/identity.ts';
import { daysUntil, type Instant } from '../domain/instant.ts';
import { shareOf } from '../domain/time-slot.ts';
import { SEVERITY, stateOfFailure, type TokenState, tokenState } from '../domain/token-state.ts';
import type { ClientConfig } from '../ports/apple.ts';
import type { Deps } from '../ports/deps.ts';
import type { TokenRecord } from '../ports/records.ts';
import type { TokenHealth, Tx } from '../ports/store.ts';
import { noteHook } from './note-hook.ts';
import { identityOf } from './read-location.ts';
import { nameOf, tokenEvent } from './token-event.ts';

export type Answer = { kind: 'config'; config: ClientConfig } | { kind: 'failure'; failure: AppleFailure };

/**
 * Turns an answer of Apple into the token's health, within the caller's transaction. A change of state is one event,
 * once; the same answer again is none. Give the token as it was when the request was sent: an answer to a request sent
 * with an older file says nothing about the present one, and a configuration asked for before Winesap changed it says
 * only that the token works. Nobody is named as actor: who asks does not cause the answer.
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

  const failure = answer.kind === 'failure' ? answer.failure : null;
  const definite = failure === null || isDefinite(failure);
  const health = assess(deps, { ...seen, failure, definiteAt: definite ? now : token.definiteAt }, now, true);
  if (failure === null) health.successAt = now;
  await tx.tokens.setHealth(token.id, health);

  if (holderChangedAgain(token, seen, health.state)) await tx.events.append(claimChangedEvent(seen), now);
  if (token.claim === 'ours' && seen.claim === 'free') await tx.events.append(claimGoneEvent(seen), now);
  await appendTransition(tx, seen, token.state, health.state, failure, null, now);
  if (config !== null) await noteHook(deps, tx, seen, config.hook, now);
  return health.state;
}

export type HealthBasis = Pick<
  TokenRecord,
  'identity' | 'state' | 'stateSince' | 'failure' | 'definiteAt' | 'checkedAt' | 'successAt' | 'claim'
>;

/** The health of a token from what is stored, without a new answer: time alone changes states too. */
export function assess(deps: Deps, token: HealthBasis, now: Instant, checked: boolean): TokenHealth {
  const state = tokenState(
    { expiresAt: token.identity.expiresAt, failure: token.failure, definiteAt: token.definiteAt, claim: token.claim },
    now,
    deps.settings.unknownAfterMs,
  );
  const stateSince = state === token.state ? token.stateSince : now;
  return {
    state,
    stateSince,
    failure: token.failure,
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

/** One event for one change of state. Amber that comes and goes with Apple's weather is a warning, red an error. */
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
    portal: portalOf(kindOfOrganization(token.identity)),
  });
  const severity = SEVERITY[after];
  // One line says what happened; why, and what to do, are read where somebody looks closer.
  const told =
    after === 'healthy'
      ? { text: 'The token works again.', why: {} }
      : { text: words.title, why: { cause: words.cause, nextStep: words.nextStep.text } };
  const level = severity === 'broken' || severity === 'unknown' ? 'error' : severity === 'soon' ? 'warning' : 'info';
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
  const identity = identityOf(config, token.identity, token.identity.expiresAt);
  return { ...token, identity, claim: claimState(config.mdmInfo, deps.installationId, token.agreedClaimId) };
}

/** The first time, the change of state tells it; from one foreign holder to the next the state stays what it is. */
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

function isDefinite(failure: AppleFailure): boolean {
  const state = stateOfFailure(failure);
  return state !== 'throttled' && state !== 'unreachable' && state !== 'locked';
}

function askedToWaitMs(failure: AppleFailure | null): number | null {
  return failure?.kind === 'refused' ? failure.retryAfterMs : null;
}
