import { parseJson } from '../../parse-json.ts';
import { CatalogRefusal } from './catalog-refusal.ts';

const LONGEST_LIFE_S = 15_777_000;

/**
 * Refuses (401) what is not a developer token: a JWT with ES256, a key id and a team of ten characters each, and a
 * life within the allowed. The signature is not checked: the simulator knows no keys.
 */
export function checkDeveloperToken(authorization: string | undefined, now: number): void {
  const token = /^bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
  const [header, claims, signature, ...more] = token?.split('.') ?? [];
  if (header === undefined || claims === undefined || !signature || more.length > 0)
    throw unauthorized('There is no developer token.');
  const { alg, kid } = part(header);
  const { iss, iat, exp } = part(claims);
  if (alg !== 'ES256') throw unauthorized('The developer token is not signed with ES256.');
  if (!isTen(kid) || !isTen(iss)) throw unauthorized('The key id and the issuer have ten characters.');
  if (typeof iat !== 'number' || typeof exp !== 'number') throw unauthorized('The developer token needs iat and exp.');
  const seconds = now / 1000;
  if (exp <= seconds) throw unauthorized('The developer token has expired.');
  if (exp > seconds + LONGEST_LIFE_S) throw unauthorized('The developer token lives too long.');
}

function part(text: string): Record<string, unknown> {
  const value = parseJson(Buffer.from(text, 'base64url'))?.value;
  if (typeof value !== 'object' || value === null) throw unauthorized('The developer token cannot be read.');
  return value as Record<string, unknown>;
}

function isTen(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9]{10}$/.test(value);
}

function unauthorized(detail: string): CatalogRefusal {
  return new CatalogRefusal(401, 'Unauthorized', detail);
}
