import type { Instant } from '../instant.ts';
import type { MdmInfo } from './claim.ts';

/** Whom a token belongs to, as far as the file and Apple say; null where they don't. */
export interface Identity {
  uId: string;
  locationName: string | null;
  appleId: string | null;
  email: string | null;
  organizationName: string | null;
  appleOrganizationId: string | null;
  country: string | null;
  /** `enterprisestore` is business, `volumestore` is school. */
  defaultPlatform: string | null;
  websiteUrl: string | null;
  expiresAt: Instant | null;
  mdmInfo: MdmInfo | null;
}

/** What Apple says about a location itself, in its spelling. Any answer can leave any of it out. */
const MEMBERS = {
  locationName: 'locationName',
  country: 'countryISO2ACode',
  defaultPlatform: 'defaultPlatform',
  websiteUrl: 'websiteURL',
} as const satisfies Partial<Record<keyof Identity, string>>;

type Said = { [member in 'uId' | keyof typeof MEMBERS]: string | null } & Pick<Identity, 'expiresAt' | 'mdmInfo'>;

/**
 * Merges an answer into what is known: missing properties change nothing, and a claim without an ID is not a different
 * claim.
 */
export function mergeAnswer(said: Said, known: Identity): Identity {
  return {
    ...known,
    locationName: said.locationName ?? known.locationName,
    country: said.country ?? known.country,
    defaultPlatform: said.defaultPlatform ?? known.defaultPlatform,
    websiteUrl: said.websiteUrl ?? known.websiteUrl,
    expiresAt: said.expiresAt ?? known.expiresAt,
    mdmInfo: isNameless(said.mdmInfo) ? (known.mdmInfo ?? said.mdmInfo) : said.mdmInfo,
  };
}

/**
 * Returns Apple's names for what an answer left out although it is known. Expiry and claim can be missing by Apple's
 * own rules.
 */
export function leftOut(said: Said, known: Identity): string[] {
  const members = Object.entries(MEMBERS) as [keyof typeof MEMBERS, string][];
  const missing = members.filter(([name]) => said[name] === null && known[name] !== null).map(([, member]) => member);
  if (said.uId === null) missing.unshift('uId');
  if (isNameless(said.mdmInfo)) missing.push('mdmInfo.id');
  return missing;
}

function isNameless(mdmInfo: MdmInfo | null): boolean {
  return mdmInfo !== null && !mdmInfo.id && Boolean(mdmInfo.name || mdmInfo.metadata);
}

export function kindOfOrganization(
  identity: Pick<Identity, 'defaultPlatform' | 'websiteUrl'>,
): 'business' | 'school' | null {
  if (identity.defaultPlatform === 'volumestore' || identity.websiteUrl?.includes('school.apple.com')) return 'school';
  if (identity.defaultPlatform === 'enterprisestore' || identity.websiteUrl?.includes('business.apple.com'))
    return 'business';
  return null;
}

export function portalOf(kind: 'business' | 'school' | null) {
  if (kind === 'school') return 'school.apple.com';
  return kind === 'business' ? 'business.apple.com' : 'business.apple.com or school.apple.com';
}
