import { appleInstant } from '../time/instant.ts';
import type { TokenCall } from './request.ts';

const WARNING_MS = 15 * 24 * 3600 * 1000;

/** `uId` and, as far as the switch allows, `tokenExpirationDate`. */
export function shortTrailer(call: TokenCall): { uId: string; tokenExpirationDate?: string } {
  const { token, location, world } = call;
  const soon = token.expiresAt - world.clock.now() <= WARNING_MS;
  const shown = world.settings.unknowns.expiryInAnswers === 'always' || soon;
  return { uId: location.uId, ...(shown ? { tokenExpirationDate: appleInstant(token.expiresAt) } : {}) };
}

/** What ends every answer of a token endpoint. `mdmInfo` only when somebody has claimed the location. */
export function trailer(call: TokenCall): object {
  const { mdmInfo } = call.location;
  return { ...(mdmInfo === undefined ? {} : { mdmInfo }), ...shortTrailer(call) };
}
