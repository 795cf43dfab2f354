import { bundleIdOf, type CatalogEntry, deviceFamiliesOf } from '../../world/catalog.ts';
import { hashText } from '../../world/hash.ts';
import type { Location } from '../../world/location.ts';
import { cookieToken } from '../authenticate.ts';
import { listParameter, textParameter } from '../query.ts';
import type { Call } from '../request.ts';

/** Names, icons and platforms. An id nobody knows is missing from `results`; nothing is ever refused. */
export function contentMetadataLookup({ world, request }: Call): object {
  const { query, origin } = request;
  const country = (textParameter(query, 'cc') ?? 'us').toLowerCase();
  const owner = cookieToken(world, request.headers.cookie as string | undefined)?.location;
  const results: Record<string, object> = {};
  for (const id of listParameter(query, 'id') ?? []) {
    const entry = world.catalog.find(id);
    if (entry !== undefined && isVisible(entry, owner)) results[id] = itemOf(entry, origin, country);
  }
  return {
    results,
    version: 2,
    isAuthenticated: false,
    meta: { storefront: { id: '143441', cc: country }, language: { tag: textParameter(query, 'l') ?? 'en-us' } },
  };
}

/** Custom apps show to those who own them, everything else to everybody. */
export function isVisible(entry: CatalogEntry, owner: Location | undefined): boolean {
  return entry.custom !== true || (owner !== undefined && owns(owner, entry.adamId));
}

export function owns(location: Location, adamId: string): boolean {
  return location.assets.find(adamId, 'STDQ') !== undefined || location.assets.find(adamId, 'PLUS') !== undefined;
}

function itemOf(entry: CatalogEntry, origin: string, country: string): object {
  const book = entry.productType === 'Book';
  const macOnly = entry.supportedPlatforms.every((platform) => platform === 'macOS');
  const bundleId = bundleIdOf(entry);
  return {
    id: entry.adamId,
    name: entry.name,
    artistName: entry.maker,
    kind: book ? 'ebook' : macOnly ? 'macSoftware' : 'iosSoftware',
    ...(book ? {} : { bundleId, deviceFamilies: deviceFamiliesOf(entry), minimumOSVersion: macOnly ? '14.0' : '17.0' }),
    ...(entry.supportedPlatforms.includes('watchOS') ? { watchBundleId: `${bundleId}.watch` } : {}),
    artwork: artworkOf(entry.adamId, origin),
    offers: [offerOf(entry)],
    genreNames: [entry.genre],
    isB2BCustomApp: entry.custom === true,
    ...(book ? {} : { isVppDeviceBasedLicensingEnabled: true }),
    softwareInfo: { seller: entry.maker },
    url: `https://apps.example/${country}/${entry.adamId}`,
  };
}

function offerOf({ adamId, priceCents }: CatalogEntry): object {
  const h = hashText(adamId);
  return {
    type: priceCents === 0 ? 'get' : 'buy',
    price: priceCents / 100,
    priceFormatted: priceCents === 0 ? 'Free' : `$${(priceCents / 100).toFixed(2)}`,
    currencyCode: 'USD',
    version: {
      display: `${(h % 9) + 1}.${(h >>> 4) % 20}.${(h >>> 9) % 6}`,
      externalId: 850_000_000 + (h % 1_000_000),
    },
  };
}

/** The template of an icon this simulator draws. */
export function artworkOf(adamId: string, origin: string): object {
  return { url: `${origin}/icons/${adamId}/{w}x{h}bb.{f}`, width: 1024, height: 1024 };
}
