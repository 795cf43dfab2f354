import { AppleError } from '../errors/apple-error.ts';
import { AppleNoAnswer, type NoAnswerReason } from '../errors/apple-no-answer.ts';
import { AppleOtherLocation } from '../errors/apple-other-location.ts';
import { AppleRefusal } from '../errors/apple-refusal.ts';
import { AppleUnreadable } from '../errors/apple-unreadable.ts';
import { Fields, type Json, ShapeError } from '../read/fields.ts';
import { type Call, type CallOptions, type Credential, type Exchange, queryText, type RetryOptions } from './call.ts';
import { judge, type Received, unreadable } from './judge.ts';
import type { Limiter } from './limiter.ts';
import { networkWords, neverSent } from './never-sent.ts';
import { readBody } from './read-body.ts';
import { pauseMs, worthRepeating } from './retry-advice.ts';
import { createScrub, type Scrub } from './scrub.ts';
import { type Time, timerMs } from './time.ts';

export interface SenderSettings {
  /** Returns the headers that carry a credential. Called for each attempt. */
  readonly credentials: (credential: Credential) => CredentialHeaders | Promise<CredentialHeaders>;
  readonly origin: string;
  readonly fetch: typeof fetch;
  readonly limiter: Limiter;
  readonly retry: RetryOptions;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly userAgent: string;
  readonly scrub: Scrub;
  readonly time: Time;
  readonly random: () => number;
  readonly onExchange: ((exchange: Exchange) => void) | undefined;
  readonly uId: string | undefined;
}

export type CredentialHeaders = Readonly<Record<string, string>>;

/** Sends a call, retries where that is safe, and reads its answer with `read`. Fails only with an `AppleError`. */
export type Send = <T>(call: Call, read: (answer: Fields) => T, options?: CallOptions) => Promise<T>;

const NO_TURN = 'waiting for its turn';

/** The one place where requests are made, counted, timed, judged, and repeated. */
export function createSender(settings: SenderSettings): Send {
  const { limiter, time } = settings;

  return async (call, read, options = {}) => {
    const retry = { ...settings.retry, ...(options.retry === false ? { attempts: 1 } : options.retry) };
    const endsAt = time.now() + retry.budgetMs;
    let before: AppleError | null = null;
    for (let attempt = 1; ; attempt++) {
      const failure = await inTurn(call, read, options, attempt, endsAt);
      if (!(failure instanceof AppleError)) return failure.answer;
      // Apple's refusal explains more than the fact that no time was left to retry.
      if (before !== null && failure instanceof AppleNoAnswer && failure.detail === NO_TURN) throw before;
      before = failure;
      failure.attempts = attempt;
      const wait = pauseMs(attempt, failure, retry, settings.random);
      const asked = failure.retryAfterMs || (isThrottling(failure) ? wait : 0);
      // Slows down every caller on the location, but not so long that nobody sends a request and learns the reason.
      if (asked > 0 && call.origin === undefined) limiter.pause(Math.min(asked, retry.longestWaitMs));
      if (attempt >= retry.attempts || time.now() + wait >= endsAt || !worthRepeating(failure)) throw failure;
      await time.sleep(wait, options.signal).catch(() => {
        throw Object.assign(noAnswer(call, 'aborted', false, null), { attempts: attempt });
      });
    }
  };

  /** Waits for the limiter, then makes one attempt, within the remaining time and unless the caller aborts it. */
  async function inTurn<T>(
    call: Call,
    read: (answer: Fields) => T,
    options: CallOptions,
    attempt: number,
    endsAt: number,
  ): Promise<{ readonly answer: T } | AppleError> {
    if (options.signal?.aborted) return noAnswer(call, 'aborted', false, null);
    const once = () => oneAttempt(call, read, options, attempt, endsAt);
    if (call.origin !== undefined || call.credential === 'none') return once();
    const waiting = new AbortController();
    const stop = () => waiting.abort();
    const timer = setTimeout(stop, timerMs(endsAt - time.now()));
    options.signal?.addEventListener('abort', stop, { once: true });
    let begun = false;
    try {
      return await limiter.run(() => {
        begun = true;
        clearTimeout(timer);
        return once();
      }, waiting.signal);
    } catch (error) {
      if (begun || !waiting.signal.aborted) throw error;
      return noAnswer(call, options.signal?.aborted ? 'aborted' : 'timeout', false, NO_TURN);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', stop);
    }
  }

  async function oneAttempt<T>(
    call: Call,
    read: (answer: Fields) => T,
    options: CallOptions,
    attempt: number,
    endsAt: number,
  ): Promise<{ readonly answer: T } | AppleError> {
    if (options.signal?.aborted) return noAnswer(call, 'aborted', false, null);
    const startedAt = time.now();
    const query = queryText(call.query);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const timeoutMs = Math.min(options.timeoutMs ?? settings.timeoutMs, endsAt - startedAt);
    const received = await exchange(call, query, body, timeoutMs, options.signal);
    const outcome = received instanceof AppleNoAnswer ? received : understood(call, judge(received), read, received);
    tell({
      method: call.method,
      path: call.path,
      query,
      status: received instanceof AppleNoAnswer ? null : received.status,
      errorNumber: outcome instanceof AppleRefusal ? outcome.errorNumber : null,
      ms: time.now() - startedAt,
      attempt,
      requestBytes: body === undefined ? 0 : new TextEncoder().encode(body).byteLength,
      responseBytes: received instanceof AppleNoAnswer ? 0 : received.body.bytes,
    });
    return outcome;
  }

  /** Sends the request and reads the whole answer, or returns why there is none. */
  async function exchange(
    call: Call,
    query: string,
    body: string | undefined,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Received | AppleNoAnswer> {
    const stop = new AbortController();
    let reason: NoAnswerReason = 'network';
    const give = (why: NoAnswerReason) => () => {
      if (reason === 'network') reason = why;
      stop.abort();
    };
    const aborted = give('aborted');
    const timer = setTimeout(give('timeout'), timerMs(timeoutMs));
    signal?.addEventListener('abort', aborted, { once: true });
    const repeatable = isRepeatable(call);
    const own = call.secrets === undefined ? null : createScrub(call.secrets);
    const scrub: Scrub = own ? (text) => own(settings.scrub(text)) : settings.scrub;
    const url = `${call.origin ?? settings.origin}${call.path}${query === '' ? '' : `?${query}`}`;
    let answered = false;
    try {
      const response = await settings.fetch(url, {
        method: call.method,
        headers: await headersFor(call, body !== undefined),
        redirect: 'manual',
        signal: stop.signal,
        ...(body === undefined ? {} : { body }),
      });
      answered = true;
      const { status, headers } = response;
      const received = await readBody(response, settings.maxResponseBytes);
      return { doing: call.doing, repeatable, status, headers, body: received, scrub, nowMs: Date.now() };
    } catch (error) {
      const sent = answered || reason !== 'network' || !neverSent(error);
      const words = reason === 'network' ? scrub(networkWords(error)).slice(0, 200) || null : null;
      return noAnswer(call, reason, sent && !repeatable, words);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    }
  }

  function understood<T>(
    call: Call,
    judged: Json | AppleError,
    read: (answer: Fields) => T,
    received: Received,
  ): { readonly answer: T } | AppleError {
    if (judged instanceof AppleError) return judged;
    const foreign = otherLocation(call, judged, received);
    if (foreign !== null) return foreign;
    try {
      return { answer: read(new Fields(judged, '')) };
    } catch (error) {
      if (error instanceof ShapeError) return unreadable(received, 'shape', received.scrub(error.where));
      throw error;
    }
  }

  /** The first generation counts locations differently, and other hosts know none. */
  function otherLocation(call: Call, answer: Json, { status, repeatable, scrub }: Received): AppleOtherLocation | null {
    const { uId } = settings;
    if (uId === undefined || call.origin !== undefined || (call.credential ?? 'bearer') !== 'bearer') return null;
    const named = new Fields(answer, '').text('uId')?.replace(/[\p{Cc}\s]+/gu, '') ?? '';
    if (named === '' || named === uId) return null;
    return new AppleOtherLocation({
      doing: call.doing,
      mayHaveArrived: !repeatable,
      retryAfterMs: null,
      httpStatus: status,
      expectedUId: uId,
      foundUId: scrub(named.slice(0, 100)),
    });
  }

  async function headersFor(call: Call, hasBody: boolean): Promise<Record<string, string>> {
    return {
      accept: 'application/json',
      'user-agent': settings.userAgent,
      ...(await settings.credentials(call.credential ?? 'bearer')),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
    };
  }

  function tell(exchange: Exchange): void {
    try {
      settings.onExchange?.(exchange);
    } catch {
      // A logger that throws must not break the call it logs.
    }
  }
}

function isRepeatable(call: Call): boolean {
  return call.method === 'GET' || call.repeatable === true;
}

/** Throttled by the organization's load: everything on this location should slow down, not only this call. */
function isThrottling(failure: AppleError): boolean {
  if (failure instanceof AppleRefusal) return failure.errorNumber === 9646 || failure.httpStatus === 429;
  return failure instanceof AppleUnreadable && failure.httpStatus === 429;
}

function noAnswer(call: Call, reason: NoAnswerReason, mayHaveArrived: boolean, detail: string | null): AppleNoAnswer {
  return new AppleNoAnswer({ doing: call.doing, mayHaveArrived, retryAfterMs: null, reason, detail });
}
