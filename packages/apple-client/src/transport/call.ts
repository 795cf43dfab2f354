/** A request as the endpoints describe it. The transport adds host, credential, limits, and retries. */
export interface Call {
  /** To follow "error while". */
  readonly doing: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Whether repeating it is harmless. Always true for GET; for a POST, only if it just reads. */
  readonly repeatable?: boolean;
  /** Default `bearer`. */
  readonly credential?: Credential;
  /** Texts of this call that must not appear in its errors. */
  readonly secrets?: readonly string[];
  /** Origin to use instead of the client's own. Such calls do not count against the location's limits. */
  readonly origin?: string;
}

/**
 * How the content token is sent. `body`: the body already contains it. `none`: not counted against the limits. `both`:
 * another bearer, and the content token as a cookie.
 */
export type Credential = 'bearer' | 'none' | 'body' | 'cookie' | 'both';

/** Undefined values are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RetryOptions {
  /** How often a request is sent at most. Default 5; 1 means no retry. */
  readonly attempts: number;
  /** The first pause; each further one is up to twice as long. Default 500 ms. */
  readonly firstWaitMs: number;
  /** The longest pause that the client chooses; Apple may ask for a longer one. Default 30,000 ms. */
  readonly longestWaitMs: number;
  /**
   * Time for the whole call with all attempts and pauses. A pause that would not fit is skipped: the call fails
   * immediately, with `retryAfterMs`. Default 180,000 ms.
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

/** One attempt, passed to `onExchange` when it is over, however it ended. Contains no secrets. */
export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Without the question mark; empty if there is none. */
  readonly query: string;
  /** Null if no answer arrived. */
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
