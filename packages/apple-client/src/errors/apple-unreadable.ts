import { AppleError, type AppleErrorFacts } from './apple-error.ts';

/**
 * `empty`, `not-json` (HTML or truncated JSON), `too-large`, `status` (JSON without an error number, but with an error
 * status), `redirect` (never followed, because the token must not go to another host), `shape` (JSON without a required
 * property).
 */
export type UnreadableReason = 'empty' | 'not-json' | 'too-large' | 'status' | 'redirect' | 'shape';

export interface UnreadableFacts extends AppleErrorFacts {
  readonly reason: UnreadableReason;
  readonly httpStatus: number;
  readonly contentType: string | null;
  /** At most 300 characters of the body, secrets replaced. */
  readonly bodyStart: string;
  /** For `shape`: the path, such as `assets[3].adamId`. */
  readonly where: string | null;
}

const WORDS: Readonly<Record<UnreadableReason, string>> = {
  empty: 'the answer is empty',
  'not-json': 'the answer is not JSON',
  'too-large': 'the answer is too large',
  status: 'the answer has no error number',
  redirect: 'the answer sends us elsewhere',
  shape: 'the answer lacks',
};

/** An answer that Apple's service would not send: a gateway's page, a truncated body, an unknown shape. */
export class AppleUnreadable extends AppleError {
  override readonly name = 'AppleUnreadable';
  readonly kind = 'unreadable';
  readonly reason: UnreadableReason;
  readonly httpStatus: number;
  readonly contentType: string | null;
  readonly bodyStart: string;
  readonly where: string | null;

  constructor(facts: UnreadableFacts) {
    const words = facts.where === null ? WORDS[facts.reason] : `${WORDS[facts.reason]} ${facts.where}`;
    super(`${facts.httpStatus} - error while ${facts.doing} || ${words}`, facts);
    this.reason = facts.reason;
    this.httpStatus = facts.httpStatus;
    this.contentType = facts.contentType;
    this.bodyStart = facts.bodyStart;
    this.where = facts.where;
  }
}
