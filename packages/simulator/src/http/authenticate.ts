import { type Token, tokenState } from '../world/token.ts';
import type { World } from '../world/world.ts';
import { Refusal } from './refusal.ts';

/** The token text of an Authorization header; refuses none at all (9601) and any other form (9722). */
export function bearerOf(header: string | undefined): string {
  if (header === undefined || header.trim() === '') throw new Refusal(9601);
  const match = /^bearer +(\S+)$/i.exec(header.trim());
  if (match?.[1] === undefined) throw new Refusal(9722);
  return match[1];
}

/** Like `bearerOf`, for finding out whose request it is before anything is refused. */
export function bearerIfAny(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^bearer +(\S+)$/i.exec(header.trim())?.[1];
}

/** The living token of that text: unknown 9622, revoked 9625, expired 9621, in this order (assumed). */
export function authenticate(world: World, text: string): Token {
  const token = world.tokenByText(text.trim());
  if (token === undefined) throw new Refusal(9622, { status: world.settings.unknowns.invalidTokenStatus });
  const state = tokenState(token, world.clock.now());
  if (state === 'revoked') throw new Refusal(9625);
  if (state === 'expired') throw new Refusal(9621);
  return token;
}

/** Refuses what the role of the account does not allow. */
export function permit(world: World, token: Token, write: boolean): void {
  const { roleNone, readOnlyWrites } = world.settings.unknowns;
  if (token.account.role === 'none') throw new Refusal(roleNone);
  if (token.account.role === 'read-only' && write) throw new Refusal(readOnlyWrites);
}

/** The content token in the `itvt` cookie, if one came and is alive. */
export function cookieToken(world: World, cookie: string | undefined): Token | undefined {
  const match = /(?:^|;)\s*itvt=("?)([^;"]+)\1/.exec(cookie ?? '');
  const text = match?.[2];
  if (text === undefined) return undefined;
  const token = world.tokenByText(text.trim()) ?? world.tokenByText(decodeURIComponent(text.trim()));
  return token !== undefined && tokenState(token, world.clock.now()) === 'valid' ? token : undefined;
}
