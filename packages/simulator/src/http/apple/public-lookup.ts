import { bundleIdOf, type CatalogEntry, deviceFamiliesOf } from '../../world/catalog.ts';
import { hashText } from '../../world/hash.ts';
import { listParameter, textParameter } from '../query.ts';
import type { Call } from '../request.ts';
import { isVisible } from './metadata-lookup.ts';

/** The lookup of the store that anybody can ask, by id or bundle id. Unknown ones are missing, custom apps always. */
export function publicLookup({ world, request: { query, origin } }: Call): object {
  const country = (textParameter(query, 'country') ?? 'us').toLowerCase();
  const ids = listParameter(query, 'id') ?? [];
  const bundleIds = new Set(listParameter(query, 'bundleId') ?? []);
  const byBundle = bundleIds.size === 0 ? [] : world.catalog.all().filter((entry) => bundleIds.has(bundleIdOf(entry)));
  const found = [...ids.map((id) => world.catalog.find(id)), ...byBundle].filter((entry) => entry !== undefined);
  const results = found.filter((entry) => isVisible(entry, undefined)).map((entry) => itemOf(entry, origin, country));
  return { resultCount: results.length, results };
}

function itemOf(entry: CatalogEntry, origin: string, country: string): object {
  const { adamId, name, maker, genre, priceCents, productType } = entry;
  const book = productType === 'Book';
  const macOnly = entry.supportedPlatforms.every((platform) => platform === 'macOS');
  const icon = (size: number) => `${origin}/icons/${adamId}/${size}x${size}bb.png`;
  const h = hashText(adamId);
  return {
    ...(book ? {} : { wrapperType: 'software', bundleId: bundleIdOf(entry) }),
    kind: book ? 'ebook' : macOnly ? 'mac-software' : 'software',
    trackId: Number(adamId),
    trackName: name,
    artistName: maker,
    sellerName: maker,
    artworkUrl60: icon(60),
    artworkUrl100: icon(100),
    artworkUrl512: icon(512),
    ...(book
      ? {}
      : {
          version: `${(h % 9) + 1}.${(h >>> 4) % 20}.${(h >>> 9) % 6}`,
          minimumOsVersion: macOnly ? '14.0' : '17.0',
          supportedDevices: deviceFamiliesOf(entry),
        }),
    price: priceCents / 100,
    formattedPrice: priceCents === 0 ? 'Free' : `$${(priceCents / 100).toFixed(2)}`,
    currency: 'USD',
    primaryGenreName: genre,
    genres: [genre],
    trackViewUrl: `https://apps.example/${country}/${adamId}`,
  };
}
