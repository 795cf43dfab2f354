/** What every failed call carries. */
export interface AppleErrorFacts {
  /** What the client was doing, to follow "error while": `retrieving token assets`. */
  readonly doing: string;
  /** Whether Apple may have acted on the request. Always false for reads. If true, check before you repeat it. */
  readonly mayHaveArrived: boolean;
  /**
   * How long Apple asked to wait before the next request, in milliseconds; null if it did not say. At most one hour.
   */
  readonly retryAfterMs: number | null;
}

/**
 * A call of the client fails with one of four errors: `AppleRefusal` (Apple refused), `AppleNoAnswer` (no usable answer
 * arrived, if any did), `AppleUnreadable` (the answer is not Apple's), or `AppleOtherLocation` (the answer is about
 * another location). Distinguish them by `kind`. None of their texts contains the content token.
 */
export abstract class AppleError extends Error implements AppleErrorFacts {
  abstract readonly kind: 'refused' | 'no-answer' | 'unreadable' | 'other-location';
  readonly doing: string;
  readonly mayHaveArrived: boolean;
  readonly retryAfterMs: number | null;
  /** How often the request was sent before the client gave up. */
  attempts = 1;

  protected constructor(message: string, facts: AppleErrorFacts) {
    super(message);
    this.doing = facts.doing;
    this.mayHaveArrived = facts.mayHaveArrived;
    this.retryAfterMs = facts.retryAfterMs;
  }
}
