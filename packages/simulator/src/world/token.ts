import { randomBytes } from 'node:crypto';
import { appleInstant } from '../time/instant.ts';
import type { Account } from './account.ts';
import type { Location } from './location.ts';

/** A content token that was downloaded. `text` is the whole file and the bearer. */
export interface Token {
  readonly text: string;
  readonly location: Location;
  readonly account: Account;
  readonly createdAt: number;
  readonly expiresAt: number;
  revoked: boolean;
}

export type TokenState = 'valid' | 'expired' | 'revoked';

/** Builds the file: Base64 of a JSON object, no line break at the end. */
export function createToken(location: Location, account: Account, createdAt: number, expiresAt: number): Token {
  const content = {
    expDate: appleInstant(expiresAt),
    token: randomBytes(96).toString('base64'),
    orgName: location.organization.orgName,
  };
  const text = Buffer.from(JSON.stringify(content), 'utf8').toString('base64');
  return { text, location, account, createdAt, expiresAt: Math.floor(expiresAt / 1000) * 1000, revoked: false };
}

export function tokenState(token: Token, now: number): TokenState {
  if (token.revoked) return 'revoked';
  return now >= token.expiresAt ? 'expired' : 'valid';
}

/** Apple's name for the file, for Content-Disposition. */
export function tokenFileName(location: Location): string {
  return `sToken_for_${location.locationName}.vpptoken`;
}
