import { type Api, routes } from '@winesap/api';
import { type AppleLocation, addOrganization, bytesOf, createAppleControl, inspect } from '@winesap/testkit';
import type { Simulator } from 'winesap-simulator';

export interface Fleet {
  assets: number;
  devices: number;
  assignmentsPerDevice: number;
}

export interface AddedToken {
  tokenId: string;
  location: AppleLocation;
  /** The text of the file. A secret, but only the simulator's. */
  file: string;
}

/** Creates a location with licenses and adds its token to Winesap, which starts to scan it. */
export async function addToken(api: Api, simulator: Simulator, name: string, fleet: Fleet): Promise<AddedToken> {
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
  return { tokenId: token.tokenId, location, file };
}
