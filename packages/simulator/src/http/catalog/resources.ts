import { bundleIdOf, type CatalogEntry, deviceFamiliesOf } from '../../world/catalog.ts';
import { hashText } from '../../world/hash.ts';
import { artworkOf } from '../apple/metadata-lookup.ts';

/** Platforms by the catalog's names; `web` sees everything. */
const PLATFORMS: Record<string, string> = {
  iphone: 'iOS',
  ipad: 'iOS',
  mac: 'macOS',
  appletv: 'tvOS',
  realityDevice: 'visionOS',
};

export const platformNames: readonly string[] = [...Object.keys(PLATFORMS), 'web'];

export function isOn(entry: CatalogEntry, platforms: readonly string[]): boolean {
  return (
    platforms.includes('web') || platforms.some((name) => entry.supportedPlatforms.includes(PLATFORMS[name] ?? ''))
  );
}

/** An app or book as a resource of the catalog. Versions and prices follow from the id. */
export function itemResource(entry: CatalogEntry, storefront: string, origin: string): object {
  const type = entry.productType === 'Book' ? 'books' : 'apps';
  const href = `/v1/catalog/${storefront}/${type}/${entry.adamId}`;
  const genre = genreResource(genreId(entry.genre), entry.genre, storefront);
  return {
    id: entry.adamId,
    type,
    href,
    attributes: type === 'books' ? bookAttributes(entry, storefront, origin) : appAttributes(entry, storefront, origin),
    relationships: { genres: { href: `${href}/genres`, data: [genre] } },
  };
}

export function genreResource(id: string, name: string, storefront: string): object {
  return {
    id,
    type: 'genres',
    href: `/v1/catalog/${storefront}/genres/${id}`,
    attributes: { name, url: `https://apps.example/genre/${id}` },
  };
}

export function genreId(name: string): string {
  return String(6000 + (hashText(name) % 900));
}

export function storefrontResource(id: string): object {
  const names: Record<string, string> = {
    us: 'United States',
    de: 'Germany',
    jp: 'Japan',
    gb: 'United Kingdom',
    fr: 'France',
  };
  const tag = `${id === 'us' || id === 'gb' ? 'en' : id}-${id.toUpperCase()}`;
  return {
    id,
    type: 'storefronts',
    href: `/v1/storefronts/${id}`,
    attributes: { name: names[id] ?? id.toUpperCase(), defaultLanguageTag: tag, supportedLanguageTags: [tag, 'en-US'] },
  };
}

export const storefronts: readonly string[] = ['us', 'de', 'jp', 'gb', 'fr'];

function appAttributes(entry: CatalogEntry, storefront: string, origin: string): object {
  const h = hashText(entry.adamId);
  const shared = {
    artwork: artworkOf(entry.adamId, origin),
    bundleId: bundleIdOf(entry),
    externalVersionId: 850_000_000 + (h % 1_000_000),
    minimumOSVersion: '17.0',
    seller: entry.maker,
  };
  const macOnly = entry.supportedPlatforms.every((platform) => platform === 'macOS');
  return {
    name: entry.name,
    artistName: entry.maker,
    url: `https://apps.example/${storefront}/${entry.adamId}`,
    genreDisplayName: entry.genre,
    deviceFamilies: deviceFamiliesOf(entry),
    isB2BCustomApp: entry.custom === true,
    isVppDeviceBasedLicensingEnabled: true,
    isFirstPartyHideableApp: false,
    isIOSBinaryMacOSCompatible: !macOnly,
    supportsDeviceSharing: true,
    usesClassKit: false,
    hasEula: false,
    userRating: { value: 3 + (h % 20) / 10, ratingCount: h % 5000 },
    offers: [offer(entry)],
    platformAttributes: { [macOnly ? 'osx' : 'ios']: shared },
  };
}

function bookAttributes(entry: CatalogEntry, storefront: string, origin: string): object {
  return {
    name: entry.name,
    artistName: entry.maker,
    artwork: artworkOf(entry.adamId, origin),
    genreNames: [entry.genre],
    url: `https://books.example/${storefront}/${entry.adamId}`,
    offers: [offer(entry)],
  };
}

function offer({ adamId, priceCents, productType }: CatalogEntry): object {
  const book = productType === 'Book';
  return {
    type: priceCents === 0 ? 'get' : 'buy',
    price: priceCents / 100,
    priceFormatted: `$${(priceCents / 100).toFixed(2)}`,
    currencyCode: 'USD',
    buyParams: `productType=${book ? 'PUB' : 'C'}&price=${priceCents * 10}&salableAdamId=${adamId}&pricingParameters=STDQ&marketType=ENT`,
    assets: [{ flavor: book ? 'publication' : 'iosSoftware', size: 1_000_000 + (hashText(adamId) % 90_000_000) }],
  };
}
