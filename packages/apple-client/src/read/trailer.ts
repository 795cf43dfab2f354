import type { Fields } from './fields.ts';

/** A union of known words that stays open: Apple adds values any day, and they pass through unchanged. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

/** Who manages a location: the claim. */
export interface MdmInfo {
  readonly id: string;
  readonly name: string;
  readonly metadata: string;
}

/** What Apple sends along with its answers. */
export interface Identity {
  /** The permanent ID of the location. Null if the answer did not say. */
  readonly uId: string | null;
  /** Announced for the last 15 days of a token (documented), seen in every answer (observed). */
  readonly tokenExpirationDate: Date | null;
}

export interface Trailer extends Identity {
  /**
   * The claim on the location. Null if the location is free, but also if the answer left it out: only `clientConfig()`
   * proves that a location is free.
   */
  readonly mdmInfo: MdmInfo | null;
}

/** Properties that the contract does not know or that have another type than documented, unchanged. */
export interface Unread {
  readonly other?: Readonly<Record<string, unknown>>;
}

export function readIdentity(answer: Fields): Identity {
  return { uId: answer.text('uId'), tokenExpirationDate: answer.instant('tokenExpirationDate') };
}

export function readTrailer(answer: Fields): Trailer {
  return { ...readIdentity(answer), mdmInfo: answer.child('mdmInfo', readMdmInfo) };
}

function readMdmInfo(claim: Fields): MdmInfo {
  return { id: claim.text('id') ?? '', name: claim.text('name') ?? '', metadata: claim.text('metadata') ?? '' };
}
