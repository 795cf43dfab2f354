import { errors } from '@winesap/contract';

export interface ErrorInfo {
  readonly assets?: readonly { adamId: string; pricingParam?: string }[];
  readonly clientUserIds?: readonly string[];
  readonly serialNumbers?: readonly string[];
}

/** Apple says no. Number, status and words come from the contract unless given. */
export class Refusal extends Error {
  readonly errorNumber: number;
  readonly status: number;
  readonly info: ErrorInfo | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    errorNumber: number,
    given: { status?: number; info?: ErrorInfo; message?: string; headers?: Record<string, string> } = {},
  ) {
    const entry = errors[String(errorNumber)];
    super(given.message ?? entry?.message ?? 'An error nobody has written down yet.');
    this.errorNumber = errorNumber;
    this.status = given.status ?? entry?.http ?? 400;
    this.info = given.info;
    this.headers = given.headers ?? {};
  }

  body(): object {
    return {
      errorNumber: this.errorNumber,
      errorMessage: this.message,
      ...(this.info === undefined ? {} : { errorInfo: this.info }),
    };
  }
}
