import { AppleError, type AppleErrorFacts } from './apple-error.ts';

export interface OtherLocationFacts extends AppleErrorFacts {
  readonly httpStatus: number;
  /** The location that the client was made for. */
  readonly expectedUId: string;
  /** The location that the answer names. */
  readonly foundUId: string;
}

/**
 * A readable answer about another location than the client was made for. Do not use anything in it: it is another
 * organization's library. Only with the option `uId`.
 */
export class AppleOtherLocation extends AppleError {
  override readonly name = 'AppleOtherLocation';
  readonly kind = 'other-location';
  readonly httpStatus: number;
  readonly expectedUId: string;
  readonly foundUId: string;

  constructor(facts: OtherLocationFacts) {
    super(
      `${facts.httpStatus} - error while ${facts.doing} || the answer is about location ${facts.foundUId}, not ${facts.expectedUId}`,
      facts,
    );
    this.httpStatus = facts.httpStatus;
    this.expectedUId = facts.expectedUId;
    this.foundUId = facts.foundUId;
  }
}
