import { AppleError, type AppleErrorFacts } from './apple-error.ts';
import { type TokenProblem, tokenProblem } from './token-problem.ts';

/** The IDs that a refusal is about. Any list can be empty, even if some of those IDs were at fault. */
export interface ErrorInfo {
  readonly assets: readonly { readonly adamId: string; readonly pricingParam: string | null }[];
  readonly clientUserIds: readonly string[];
  readonly serialNumbers: readonly string[];
}

export interface RefusalFacts extends AppleErrorFacts {
  readonly httpStatus: number;
  readonly errorNumber: number;
  readonly errorMessage: string;
  readonly errorInfo: ErrorInfo;
}

/**
 * Apple answered with an error number, with any HTTP status (even 200).
 * `message` is made for display: `401 - error while retrieving token assets || 9625 - The server has revoked the
 * sToken.` Decide on `errorNumber` only: Apple's texts vary for one number, and unknown numbers can appear any day.
 */
export class AppleRefusal extends AppleError {
  override readonly name = 'AppleRefusal';
  readonly kind = 'refused';
  readonly httpStatus: number;
  readonly errorNumber: number;
  readonly errorMessage: string;
  readonly errorInfo: ErrorInfo;
  readonly tokenProblem: TokenProblem | null;

  constructor(facts: RefusalFacts) {
    super(`${facts.httpStatus} - error while ${facts.doing} || ${facts.errorNumber} - ${facts.errorMessage}`, facts);
    this.httpStatus = facts.httpStatus;
    this.errorNumber = facts.errorNumber;
    this.errorMessage = facts.errorMessage;
    this.errorInfo = facts.errorInfo;
    this.tokenProblem = tokenProblem(facts.httpStatus, facts.errorNumber);
  }
}
