/** Where the lookup has been for years; used if service config does not say. Source: service-config (documented). */
const KNOWN = 'https://uclient-api.itunes.apple.com/WebObjects/MZStorePlatform.woa/wa/lookup';

/**
 * Returns the address of the lookup. A client of another host (a simulator) looks up there. Otherwise only an https
 * address at Apple is accepted: the content token goes along, and an address from the network is no reason to send it
 * elsewhere.
 */
export function lookupUrlFrom(published: string | undefined, givenOrigin: string | null): URL {
  const url = published !== undefined && URL.canParse(published) ? new URL(published) : new URL(KNOWN);
  if (givenOrigin !== null) return new URL(url.pathname, givenOrigin);
  const isApple = url.protocol === 'https:' && /(^|\.)apple\.com$/.test(url.hostname);
  return isApple ? url : new URL(KNOWN);
}
