import { type Api, routes } from '@winesap/api';
import { type AppleLocation, addOrganization, bytesOf, createAppleControl, inspect, scanned } from '@winesap/testkit';
import type { Simulator } from 'winesap-simulator';

export interface Fleet {
  assets: number;
  devices: number;
  assignmentsPerDevice: number;
}

/** A location with licenses, and its token added to Winesap and read: the token's id, and where it is at Apple. */
export async function addToken(
  api: Api,
  simulator: Simulator,
  name: string,
  fleet: Fleet,
): Promise<[tokenId: string, location: AppleLocation]> {
  const apple = createAppleControl(simulator.control);
  const location = await apple.addLocation({ orgName: `Orchard of ${name}`, locationName: name });
  await apple.fill(location.uId, fleet);
  const { policyId } = await addOrganization(api, location.orgName);
  const file = await apple.tokenFile(location.uId);
  const { file: shown } = await inspect(api, file);
  const { token } = await api.call(routes.addToken, {
    params: { policyId },
    query: { fingerprint: shown.fingerprint, mode: 'manage' },
    body: bytesOf(file),
  });
  await scanned(api, token.tokenId);
  return [token.tokenId, location];
}
