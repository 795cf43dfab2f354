import { appleInstant } from '../../time/instant.ts';
import type { User } from '../../world/users/user.ts';
import { userToJson } from '../../world/users/user-work.ts';
import type { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';

const WARNING_MS = 15 * 24 * 3600 * 1000;

/** Said to version 1 clients once version 2 was used; Apple's words are not known. */
const USED_WITH_V2 = 'This token is in use with version 2 of the API.';

/** What a version 1 client reads as the claim; empty where none was set. */
export function clientContextOf({ location }: TokenCall): string {
  return location.usedWithV2 ? USED_WITH_V2 : location.clientContext;
}

/** The members every answer of version 1 has. */
export function v1Trailer(call: TokenCall): object {
  const { location, token, world } = call;
  const clientContext = clientContextOf(call);
  const soon = token.expiresAt - world.clock.now() <= WARNING_MS;
  return {
    ...(clientContext === '' ? {} : { clientContext }),
    expirationMillis: token.expiresAt,
    location: { locationId: location.locationId, locationName: location.locationName },
    uId: location.uId,
    ...(soon ? { tokenExpDate: appleInstant(token.expiresAt) } : {}),
  };
}

/** Version 1 answers 200 with a status of its own. */
export function v1Refusal(refusal: Refusal, wording: Parameters<Refusal['body']>[1]): object {
  return { status: -1, ...refusal.body('v1', wording) };
}

/** Tells subscribers of version 2 what version 1 did to a user. */
export function tellAboutUser({ world, location }: TokenCall, type: 'CREATE' | 'UPDATE' | 'RETIRE', user: User): void {
  if (!world.settings.unknowns.v1Notifies) return;
  const users = [userToJson(user)];
  world.notify(location, 'USER_MANAGEMENT', { type, result: 'SUCCESS', eventId: world.random.uuid(), users });
}
