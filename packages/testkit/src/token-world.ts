import { randomBytes } from 'node:crypto';
import { type Api, type ContentToken, type Inspection, type Mode, routes, type Scan } from '@winesap/api';
import { type AppleLocation, contentManagerOf, type Purchase } from './apple/apple-control.ts';
import type { Stack } from './start-stack.ts';
import { until } from './until.ts';

/** A location at Apple, a policy in Winesap, and the token that connects them. */
export interface HeldLocation {
  location: AppleLocation;
  /** Its content manager. */
  appleId: string;
  organizationId: string;
  policyId: string;
  tokenId: string;
  /** The text of the stored file. A secret, but only the simulator's. */
  file: string;
  token: ContentToken;
}

export interface LocationWish {
  organization?: string;
  locationName?: string;
  kind?: 'business' | 'school';
  country?: string;
  purchases?: Purchase[];
  fleet?: { assets: number; devices: number; assignmentsPerDevice: number };
}

export interface TokenWish extends LocationWish {
  mode?: Mode;
  expiresAt?: Date;
  /** Default: the organization's first policy. */
  policyId?: string;
  organizationId?: string;
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const SOME_APPS: Purchase[] = [
  { adamId: '361309726', quantity: 20 },
  { adamId: '361304891', unlimited: true },
  { adamId: '900000901', quantity: 5, productType: 'Book' },
];

/** Creates a location with licenses. Names are unique by default. */
export async function addLocation(stack: Stack, wish: LocationWish = {}): Promise<AppleLocation> {
  const mark = randomBytes(3).toString('hex');
  const location = await stack.apple.addLocation({
    orgName: wish.organization ?? `Orchard ${mark}`,
    locationName: wish.locationName ?? `Barn ${mark}`,
    countryISO2ACode: wish.country ?? 'US',
    kind: wish.kind ?? 'business',
  });
  for (const purchase of wish.purchases ?? SOME_APPS) await stack.apple.buy(location.uId, purchase);
  if (wish.fleet !== undefined) await stack.apple.fill(location.uId, wish.fleet);
  return location;
}

/** Creates an organization in Winesap with its first policy. */
export async function addOrganization(api: Api, name = `Orchard ${randomBytes(3).toString('hex')}`) {
  const organization = await api.call(routes.addOrganization, { body: { name } });
  const { policies } = await api.call(routes.listPolicies, { params: { organizationId: organization.id } });
  return { organizationId: organization.id, name, policyId: policies[0]?.id ?? '' };
}

export async function inspect(api: Api, file: string, fileName?: string): Promise<Inspection> {
  return api.call(routes.inspectTokenFile, { query: { fileName }, body: bytesOf(file) });
}

/** Creates a location, adds its token to Winesap, and waits until it is scanned. */
export async function holdLocation(stack: Stack, wish: TokenWish = {}): Promise<HeldLocation> {
  const { api } = stack.owner;
  const location = await addLocation(stack, wish);
  const place =
    wish.policyId !== undefined && wish.organizationId !== undefined
      ? { policyId: wish.policyId, organizationId: wish.organizationId }
      : await addOrganization(api, location.orgName);
  const file = await stack.apple.tokenFile(location.uId, wish.expiresAt && { expiresAt: wish.expiresAt });
  const inspection = await inspect(api, file);
  const { token } = await api.call(routes.addToken, {
    params: { policyId: place.policyId },
    query: {
      fileName: `sToken_for_${location.locationName}.vpptoken`,
      fingerprint: inspection.file.fingerprint,
      mode: wish.mode ?? 'manage',
    },
    body: bytesOf(file),
  });
  return {
    location,
    appleId: contentManagerOf(location),
    organizationId: place.organizationId,
    policyId: place.policyId,
    tokenId: token.tokenId,
    file,
    token: await scanned(api, token.tokenId),
  };
}

/** Returns the token once none of its scans is under way; with the expected state of the scan. */
export async function scanned(
  api: Api,
  tokenId: string,
  ended: Scan['state'] | 'either' = 'succeeded',
): Promise<ContentToken> {
  const token = await until(
    `the scan of ${tokenId} to end`,
    () => api.call(routes.getToken, { params: { tokenId } }),
    ({ scan }) => scan?.state === 'succeeded' || scan?.state === 'doubtful' || scan?.state === 'failed',
    { withinMs: 30_000 },
  );
  if (ended !== 'either' && token.scan?.state !== ended)
    throw new Error(`The scan should have ended ${ended}: ${JSON.stringify(token.scan)}`);
  return token;
}

/** Runs preview and save, like the console's two windows. */
export async function renew(
  api: Api,
  tokenId: string,
  file: string,
  fileName = 'fresh.vpptoken',
): Promise<ContentToken> {
  const preview = await api.call(routes.previewRenewal, {
    params: { tokenId },
    query: { fileName },
    body: bytesOf(file),
  });
  const { token } = await api.call(routes.renewToken, {
    params: { tokenId },
    query: { fileName, fingerprint: preview.file.fingerprint, tokenVersion: preview.tokenVersion },
    body: bytesOf(file),
  });
  return token;
}
