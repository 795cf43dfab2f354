/** What every failed call carries. */
export interface AppleErrorFacts {
  /** What the client was doing, to be read after "error while": `retrieving token assets`. */
  readonly doing: string;
  /** Whether Apple may have acted on the request. Always false for reads. When true, look before you ask again. */
  readonly mayHaveArrived: boolean;
  /** How long Apple asked to wait before the next request, in milliseconds; null when it did not say. Never above one hour. */
  readonly retryAfterMs: number | null;
}

/**
 * Any call of the client fails with one of four: `AppleRefusal` (Apple said no), `AppleNoAnswer` (nothing usable
 * came, perhaps nothing arrived), `AppleUnreadable` (something came that is not Apple's answer), or `AppleOtherLocation`
 * (the answer is about somebody else's location). Tell them apart by `kind`.
 * No text in them contains the content token.
 */
export abstract class AppleError extends Error implements AppleErrorFacts {
  abstract readonly kind: 'refused' | 'no-answer' | 'unreadable' | 'other-location';
  readonly doing: string;
  readonly mayHaveArrived: boolean;
  readonly retryAfterMs: number | null;
  /** How often the request was sent before giving up. */
  attempts = 1;

  protected constructor(message: string, facts: AppleErrorFacts) {
    super(message);
    this.doing = facts.doing;
    this.mayHaveArrived = facts.mayHaveArrived;
    this.retryAfterMs = facts.retryAfterMs;
  }
}
