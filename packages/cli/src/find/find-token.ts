import { routes, type TokenRow } from '@winesap/api';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { printable } from '../terminal/printable.ts';
import { sameName } from './same-name.ts';

/**
 * Returns the token with this ID, identification number (`uId`), location name, or `Organization/Location`. Errors:
 * token.not-found, token.ambiguous (with all candidates).
 */
export async function findToken(session: Session, meant: string): Promise<TokenRow> {
  const { tokens } = await session.callRaw(routes.listTokens, {});
  const found = tokensMeant(tokens, meant);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined)
    throw refusal(
      'token.not-found',
      `There is no token “${printable(meant)}”.`,
      tokens.length === 0
        ? 'Winesap holds no token yet.'
        : 'Name it by location, Organization/Location, identification number or id; winesap tokens list shows them.',
    );
  throw refusal(
    'token.ambiguous',
    `${found.length} tokens are called “${printable(meant)}”.`,
    `Name one by its identification number: ${found
      .map((row) => `${row.uId} (${printable(row.organizationName)}/${printable(row.locationName)})`)
      .join(', ')}.`,
    {
      candidates: found.map(({ tokenId, uId, organizationName, locationName }) => ({
        tokenId,
        uId,
        organizationName,
        locationName,
      })),
    },
  );
}

/** Returns everything that the text can mean; the most exact match wins. */
export function tokensMeant(tokens: readonly TokenRow[], meant: string): TokenRow[] {
  const ways: ((row: TokenRow) => boolean)[] = [
    (row) => row.tokenId === meant.toLowerCase(),
    (row) => row.uId === meant,
    (row) => row.locationName === meant,
    (row) => sameName(row.locationName, meant),
    (row) => sameName(`${row.organizationName}/${row.locationName}`, meant),
  ];
  for (const way of ways) {
    const found = tokens.filter(way);
    if (found.length > 0) return found;
  }
  return [];
}
