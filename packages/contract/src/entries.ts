/** How sure we are of an entry: `documented` by Apple, `observed` on the live service by somebody, or `assumed` by us. */
export type Certainty = 'documented' | 'observed' | 'assumed';

/** Where an entry comes from. `day` is the edition of the source: `YYYY-MM-DD`, or years for older documentation. */
export interface Provenance {
  readonly status: Certainty;
  readonly source: string;
  readonly day: string;
}

/** What a client does about an error, without looking at the text. */
export type ErrorAct =
  | 'accept-terms'
  | 'ask-for-token'
  | 'ask-person'
  | 'buy-licenses'
  | 'create-user'
  | 'do-not-retry'
  | 'fix-account'
  | 'fix-receiver'
  | 'fix-request'
  | 'fix-role'
  | 'renew-token'
  | 'replace-token'
  | 'restart-paging'
  | 'resync'
  | 'retry'
  | 'slow-down'
  | 'split-request'
  | 'stop'
  | 'treat-as-done'
  | 'use-other-user';

/**
 * One error number. `http` is the status it comes with (null: only inside events; v1 numbers always come with 200).
 * `message` is our wording: Apple's text varies for one number, so nothing may depend on it. Its own are in `errorTexts`.
 */
export interface ErrorEntry extends Provenance {
  readonly number: number;
  readonly http: number | null;
  readonly modes: readonly ('sync' | 'async')[];
  readonly api: readonly ('v1' | 'v2')[];
  readonly message: string;
  readonly when?: string;
  readonly act: ErrorAct;
  readonly advice: string;
}

/** Where an error text of Apple's is read: in answers, or in the lists of either service config. */
export type ErrorSurface = 'answers' | 'service-config' | 'v1';

/** Apple's own words for error numbers on one surface, by the digits of the number. Programs decide on numbers. */
export interface ErrorTexts extends Provenance {
  readonly about: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** One of the limits of service config with the value of Apple's sample; the live value may differ any day. */
export interface LimitEntry extends Provenance {
  readonly value: number;
  readonly unit: string;
  readonly appliesTo: string;
  /** The error number when it is exceeded, and how sure we are of that. */
  readonly error: number;
  readonly errorStatus: Certainty;
}

/** A number of Apple's prose that no endpoint returns: pauses, windows, sizes. */
export interface RuleEntry extends Provenance {
  readonly value: number;
  readonly unit: string;
  readonly about: string;
}

export interface QueryParameter {
  readonly name: string;
  /** `string`, `int32`, `boolean`, a union like `App|Book`, or an array like `int64[]`. */
  readonly type: string;
  readonly about?: string;
  readonly required?: boolean;
  readonly status: Certainty;
}

/** One endpoint. `request` and `response` name a schema as `area#/$defs/Name`; see `schemas`. */
export interface EndpointEntry extends Provenance {
  readonly method: 'GET' | 'POST';
  /** Methods that were seen to work too. */
  readonly otherMethods?: readonly string[];
  /** Of version 1 the path below the current base; `v1Bases` has the others. */
  readonly path: string;
  readonly api: 'v1' | 'v2' | 'metadata' | 'catalog';
  readonly auth: 'none' | 'bearer' | 'body' | 'cookie-optional' | 'developer-token' | 'developer-token-and-cookie';
  /** Whether it changes anything at Apple. */
  readonly write: boolean;
  readonly mode: 'sync' | 'async';
  readonly eventType?: string;
  readonly paging?: 'page-index' | 'cursor';
  readonly query?: readonly QueryParameter[];
  readonly request?: string;
  readonly response: string;
  /** Set when it is not on vpp.itunes.apple.com. */
  readonly host?: string;
  readonly educationHost?: string;
}

export interface UrlEntry extends Provenance {
  readonly path: string;
  readonly about: string;
  readonly host?: string;
}

export interface NotificationTypeEntry extends Provenance {
  readonly about: string;
  readonly schema: string;
  /** Whether acts in the portal cause it, not only API calls. */
  readonly causedByPortal: boolean;
}

export interface V1CallEntry extends Provenance {
  readonly path: string;
  /** What replaces it in v2; null: nothing. */
  readonly v2: string | null;
}

/** Where version 1 is called: what its paths begin with. */
export interface V1BaseEntry extends Provenance {
  readonly base: string;
  readonly about: string;
}

/** A body made up by us in the shape of the sources; `valid: false` ones must be refused by their schema. */
export interface Example {
  readonly schema: string;
  readonly about: string;
  readonly valid: boolean;
  readonly status: Certainty;
  readonly value: unknown;
}

/**
 * A JSON Schema 2020-12 document with `$id` `urn:winesap:contract:<area>` and everything under `$defs`.
 * `x-expected` lists properties that every sample shows although Apple declares all of them optional;
 * `x-status`, `x-source` and `x-day` say where a definition comes from.
 */
export interface SchemaDocument {
  readonly $id: string;
  readonly description: string;
  readonly $defs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
