import { type ErrorSurface, errors } from '@winesap/contract';
import { errorText } from '../world/error-text.ts';
import type { Unknowns } from '../world/unknowns.ts';

export interface ErrorInfo {
  readonly assets?: readonly { adamId: string; pricingParam?: string }[];
  readonly clientUserIds?: readonly string[];
  readonly serialNumbers?: readonly string[];
}

/** Apple says no. Number, status and words come from the contract; `detail` is told only with our own words. */
export class Refusal extends Error {
  readonly errorNumber: number;
  readonly status: number;
  readonly detail: string | undefined;
  readonly info: ErrorInfo | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    errorNumber: number,
    given: { status?: number; info?: ErrorInfo; detail?: string; headers?: Record<string, string> } = {},
  ) {
    super(`refused with ${errorNumber}`);
    this.errorNumber = errorNumber;
    this.status = given.status ?? errors[errorNumber]?.http ?? 400;
    this.detail = given.detail;
    this.info = given.info;
    this.headers = given.headers ?? {};
  }

  body(surface: ErrorSurface, wording: Unknowns['errorTexts']): object {
    const detail = wording === 'ours' ? this.detail : undefined;
    return {
      errorNumber: this.errorNumber,
      errorMessage: detail ?? errorText(this.errorNumber, surface, wording),
      ...(this.info === undefined ? {} : { errorInfo: this.info }),
    };
  }
}
