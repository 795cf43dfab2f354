import type { MdmInfo } from './claim.ts';
import type { Instant } from './instant.ts';

/** Who a token belongs to, as far as the file and Apple say; null where they are silent. */
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
