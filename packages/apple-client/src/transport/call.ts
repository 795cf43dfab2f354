/** A request as the endpoints describe it; the transport adds host, credential, limits and retries. */
export interface Call {
  /** To be read after "error while". */
  readonly doing: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Whether asking twice does no harm. GETs always; a POST only when it reads. */
  readonly repeatable?: boolean;
  /** Default `bearer`. */
  readonly credential?: Credential;
  /** Texts of this call that must not appear in its errors. */
  readonly secrets?: readonly string[];
  /** Origin to use instead of the client's own; such calls are not counted against the location's limits. */
  readonly origin?: string;
}

/**
 * How the content token goes along. `body`: the body has it already. `none` is not counted against the limits.
 * `both`: a bearer of another kind, and the content token as a cookie.
 */
export type Credential = 'bearer' | 'none' | 'body' | 'cookie' | 'both';

/** Undefined values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RetryOptions {
  /** How often a request is sent at most. Default 5; 1 means no retry. */
  readonly attempts: number;
  /** The first pause; each further one is up to twice as long. Default 500 ms. */
  readonly firstWaitMs: number;
  /** The longest pause of our own choosing; what Apple asks for may be longer. Default 30,000 ms. */
  readonly longestWaitMs: number;
  /**
   * Time for the whole call with all attempts and pauses. A pause that would not fit is not begun: the error comes at
   * once, with `retryAfterMs`. Default 180,000 ms.
   */
  readonly budgetMs: number;
}

export interface CallOptions {
  /** Stops the call, also while it waits for its turn or for the next attempt. */
  readonly signal?: AbortSignal | undefined;
  /** Time for one attempt, from its sending to the last byte. */
  readonly timeoutMs?: number | undefined;
  /** `false`: one attempt only. */
  readonly retry?: Partial<RetryOptions> | false | undefined;
}

/** One attempt, told to `onExchange` when it is over, however it ended. Nothing in it is secret. */
export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly errorNumber: number | null;
  readonly ms: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
}

export function queryText(query: Query | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  return parameters.toString();
}
