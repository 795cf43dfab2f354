import { portalOf } from '../../world/location.ts';
import { Refusal } from '../refusal.ts';
import type { TokenCall } from '../request.ts';
import { shortTrailer } from '../trailer.ts';
import { readClaim } from './claim.ts';
import { nextNotifications, readNotifications } from './notification-config.ts';

export function getClientConfig(call: TokenCall): object {
  return clientConfig(call, true);
}

/** Checks everything first, then tries the receiver, and only then changes anything. An empty object is a read. */
export async function setClientConfig(call: TokenCall): Promise<object> {
  const { location, world, body } = call;
  const { unknowns } = world.settings;
  const clears = unknowns.clientConfigOmitted === 'clear';
  const claim = readClaim(body.mdmInfo, world.settings);
  const wanted = readNotifications(body, world.settings);
  const next = nextNotifications(location, wanted, clears);
  if (Object.keys(body).length > 0) {
    const test = wanted.url !== undefined || unknowns.testNotification === 'always';
    if (test && next.url !== undefined && !(await world.testReceiver(location, next))) throw new Refusal(9728);
    if (claim !== 'leave' || clears) location.mdmInfo = claim === 'leave' || claim === 'clear' ? undefined : claim;
    location.notifications = next;
  }
  return clientConfig(call, unknowns.claimInPostAnswer === 'shown');
}

function clientConfig(call: TokenCall, showClaim: boolean): object {
  const { location } = call;
  const { url, authToken, types } = location.notifications;
  return {
    countryISO2ACode: location.countryISO2ACode,
    ...portalOf[location.kind],
    locationName: location.locationName,
    ...(location.mdmInfo === undefined || !showClaim ? {} : { mdmInfo: location.mdmInfo }),
    ...(url === undefined ? {} : { notificationUrl: url }),
    ...(authToken === undefined ? {} : { notificationAuthToken: authToken }),
    ...(types.length === 0 ? {} : { subscribedNotificationTypes: types }),
    ...shortTrailer(call),
  };
}
