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
  /** The text of the file. Secret, but only the simulator's. */
  file: string;
}

/** A location with licenses, and its token added to Winesap, which now reads it. */
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
