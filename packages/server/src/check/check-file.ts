import {
  type Answer,
  type Apple,
  AppleFailureError,
  appleLine,
  askApple,
  daysUntil,
  readTokenFile,
  type TokenState,
  tokenState,
} from '@winesap/core';
import { pause } from '../apple/pause.ts';
import { isWithin, levelOf, levelOfDate, type Thresholds } from './check-level.ts';
import type { CheckedState, OtherFile, TokenCheck } from './check-report.ts';
import { codeOf, type FoundFile } from './find-files.ts';
import { notAToken, unreadable } from './other-file.ts';
import { readCapped, readFileCapped } from './read-capped.ts';
import { wordsOfCheck } from './words.ts';

export interface CheckRules extends Thresholds {
  /** Null: Apple is not asked. */
  apple: Apple | null;
  stdin: AsyncIterable<Uint8Array>;
  /** The timeout for everything about one token. */
  timeoutMs: number;
  signal: AbortSignal;
  now(): Date;
}

/**
 * Checks one file, and asks Apple about it if there is something to ask. Stores nothing, and never throws because of a
 * file.
 */
export async function checkFile(found: FoundFile, rules: CheckRules): Promise<TokenCheck | OtherFile> {
  if (found.problem !== undefined) return unreadable(found, found.problem);
  let bytes: Uint8Array | null;
  try {
    bytes = found.path === '-' ? await readCapped(rules.stdin) : await readFileCapped(found.path);
  } catch (error) {
    return unreadable(found, codeOf(error));
  }
  if (bytes === null) return notAToken(found, 'token-file.too-big');
  const file = readTokenFile(bytes);
  if (file.kind === 'refused') return notAToken(found, file.code);

  const answer = rules.apple === null ? null : await ask(rules.apple, file.text, rules);
  return judged(found.path, file, answer, rules);
}

/** If time runs out while a refusal is being confirmed, it stays unconfirmed. */
async function ask(apple: Apple, text: string, rules: CheckRules): Promise<Answer> {
  const signal = AbortSignal.any([rules.signal, AbortSignal.timeout(rules.timeoutMs)]);
  try {
    return await askApple({ pause }, apple.openFile(text, null), { effort: 'quick', signal });
  } catch (error) {
    if (!(error instanceof AppleFailureError)) throw error;
    return { kind: 'failure', failure: error.failure, confirmed: false, contradicted: false };
  }
}

function judged(
  path: string,
  file: { organizationName: string | null; expiresAt: Date | null },
  answer: Answer | null,
  rules: CheckRules,
): TokenCheck {
  const now = rules.now();
  const config = answer?.kind === 'config' ? answer.config : null;
  const failure = answer?.kind === 'failure' ? answer.failure : null;
  const confirmed = answer?.kind === 'failure' && answer.confirmed;
  const expiresAt = config?.expiresAt ?? file.expiresAt;
  // A claim is a problem only for its rival. This check has no claim of its own, so it reports the holder without
  // alarm.
  const definiteAt = failure === null ? now : null;
  const told = tokenState(
    { expiresAt, failure, confirmed, definiteAt, claim: 'agreed' },
    now,
    Number.POSITIVE_INFINITY,
  );
  const state =
    answer === null && told !== 'expired' ? unasked(expiresAt, now, rules) : thresholded(told, expiresAt, now, rules);
  const daysLeft = expiresAt === null ? null : daysUntil(expiresAt, now);
  return {
    kind: 'token',
    file: path,
    level: state === 'not-asked' ? unaskedLevel(expiresAt, now, rules) : levelOf(state, expiresAt, now, rules),
    state,
    ...wordsOfCheck(state, {
      locationName: config?.locationName ?? null,
      organizationName: file.organizationName,
      defaultPlatform: config?.defaultPlatform ?? null,
      websiteUrl: config?.websiteUrl ?? null,
      daysLeft,
      failure,
    }),
    apple: failure === null ? null : appleLine(failure),
    expiresAt: expiresAt?.toISOString() ?? null,
    daysLeft,
    uId: config?.uId ?? null,
    locationName: config?.locationName ?? null,
    country: config?.country ?? null,
    organizationName: file.organizationName,
    claim: config?.mdmInfo?.id ? config.mdmInfo : null,
  };
}

/** *Expiring* begins at the days that the person chose, not at the server's default. */
function thresholded(state: TokenState, expiresAt: Date | null, now: Date, { warnDays }: Thresholds): TokenState {
  if ((state !== 'healthy' && state !== 'expiring') || expiresAt === null) return state;
  return isWithin(expiresAt, now, warnDays) ? 'expiring' : 'healthy';
}

function unasked(expiresAt: Date | null, now: Date, { warnDays }: Thresholds): CheckedState {
  return expiresAt !== null && isWithin(expiresAt, now, warnDays) ? 'expiring' : 'not-asked';
}

function unaskedLevel(expiresAt: Date | null, now: Date, thresholds: Thresholds) {
  return expiresAt === null ? 'unknown' : levelOfDate(expiresAt, now, thresholds);
}
