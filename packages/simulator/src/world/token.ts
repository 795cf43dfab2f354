import { parseJson } from '../parse-json.ts';
import type { Random } from '../random.ts';
import { appleInstant, parseInstant } from '../time/instant.ts';
import type { Account } from './account.ts';
import type { Location } from './location.ts';

/** A content token that was downloaded. `text` is the whole file and the bearer. */
export interface Token {
  readonly text: string;
  readonly location: Location;
  readonly account: Account;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The secret inside; undefined for an imported text that cannot be read. */
  readonly secret: string | undefined;
  revoked: boolean;
}

export type TokenState = 'valid' | 'expired' | 'revoked';

/** Builds the text of a file: Base64 of a JSON object, no line break at the end. */
export function newTokenText(location: Location, expiresAt: number, random: Random): string {
  const content = {
    expDate: appleInstant(expiresAt),
    token: random.bytes(96).toString('base64'),
    orgName: location.organization.orgName,
  };
  return Buffer.from(JSON.stringify(content), 'utf8').toString('base64');
}

/** What is inside a token text; members are undefined where it cannot be read. */
export function readTokenText(text: string): { secret: string | undefined; expiresAt: number | undefined } {
  const value = parseJson(Buffer.from(text, 'base64'))?.value;
  const { token, expDate } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return {
    secret: typeof token === 'string' && token !== '' ? token : undefined,
    expiresAt: typeof expDate === 'string' ? parseInstant(expDate) : undefined,
  };
}

export function tokenState(token: Token, now: number): TokenState {
  if (token.revoked) return 'revoked';
  return now >= token.expiresAt ? 'expired' : 'valid';
}

/** Apple's name for the file, for Content-Disposition. */
export function tokenFileName(location: Location): string {
  return `sToken_for_${location.locationName}.vpptoken`;
}
