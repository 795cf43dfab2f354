import { AppleError, type AppleErrorFacts } from './apple-error.ts';

/**
 * `timeout`: no complete answer in the given time. `network`: no connection, or it broke. `aborted`: the caller's
 * signal. `moved`: the data changed at Apple during every read, so that the pages never belonged to one version.
 */
export type NoAnswerReason = 'timeout' | 'network' | 'aborted' | 'moved';

export interface NoAnswerFacts extends AppleErrorFacts {
  readonly reason: NoAnswerReason;
  /** The network's own message, without secrets: `ECONNREFUSED connect ECONNREFUSED 127.0.0.1:1`. */
  readonly detail: string | null;
}

const WORDS: Readonly<Record<NoAnswerReason, string>> = {
  timeout: 'no answer in time',
  network: 'the connection failed',
  aborted: 'the caller stopped it',
  moved: 'the data changed every time it was read',
};

/** There was no usable answer. For a write, `mayHaveArrived` says whether Apple may still have acted. */
export class AppleNoAnswer extends AppleError {
  override readonly name = 'AppleNoAnswer';
  readonly kind = 'no-answer';
  readonly reason: NoAnswerReason;
  readonly detail: string | null;

  constructor(facts: NoAnswerFacts) {
    super(`error while ${facts.doing} || ${WORDS[facts.reason]}${facts.detail ? ` (${facts.detail})` : ''}`, facts);
    this.reason = facts.reason;
    this.detail = facts.detail;
  }
}
