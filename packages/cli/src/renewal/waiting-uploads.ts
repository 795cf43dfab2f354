import { routes, type TokenRow } from '@winesap/api';
import type { Session } from '../session/session.ts';
import type { WaitingFor } from '../show/uploads.ts';

/** How many tokens are queried at once. */
const AT_ONCE = 8;

/** Returns the files that wait for any of these tokens, in the tokens' order. The API returns them per token. */
export async function waitingUploads(session: Session, tokens: readonly TokenRow[]): Promise<WaitingFor[]> {
  const found: WaitingFor[][] = [];
  for (let at = 0; at < tokens.length; at += AT_ONCE)
    found.push(
      ...(await Promise.all(
        tokens.slice(at, at + AT_ONCE).map(async (token) => {
          const { waiting } = await session.call(routes.listUploads, { params: { tokenId: token.tokenId } });
          return waiting.map((upload) => ({ token, upload }));
        }),
      )),
    );
  return found.flat();
}
