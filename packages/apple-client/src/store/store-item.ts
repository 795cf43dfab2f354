import { Fields, isObject } from '../read/fields.ts';
import type { Open, Unread } from '../read/trailer.ts';

export interface Artwork {
  /** A template with `{w}`, `{h}`, and `{f}`; see `artworkUrl`. */
  readonly url: string;
  /** Pixels of the original. */
  readonly width: number | null;
  readonly height: number | null;
}

/**
 * What the store knows about an app or book. Anything can be missing. The named fields are those that products use; the
 * rest is in `other`.
 * Source: getting-app-and-book-information-legacy (documented).
 */
export interface StoreItem extends Unread {
  readonly adamId: string;
  readonly name: string | null;
  readonly artistName: string | null;
  readonly bundleId: string | null;
  readonly watchBundleId: string | null;
  readonly kind: Open<'iosSoftware' | 'macSoftware' | 'ebook'> | null;
  /** `iphone`, `ipad`, `ipod`, `mac`, `tvos`, `watch`. If `iosSoftware` comes with `mac`, it is a universal app. */
  readonly deviceFamilies: readonly string[];
  readonly artwork: Artwork | null;
  /** As shown to people: `14.2`. */
  readonly version: string | null;
  /** Identifies a version of the app, for declarative management. */
  readonly externalVersionId: string | null;
  readonly price: number | null;
  readonly currencyCode: string | null;
  readonly minimumOSVersion: string | null;
  readonly genreNames: readonly string[];
  readonly seller: string | null;
  readonly isB2BCustomApp: boolean | null;
  readonly isVppDeviceBasedLicensingEnabled: boolean | null;
  readonly releaseDate: string | null;
  readonly latestVersionReleaseDate: string | null;
  readonly url: string | null;
}

export function readStoreItem(adamId: string, item: Fields): StoreItem {
  item.text('id');
  const offer = firstObject(item, 'offers');
  const version = offer?.child('version', (fields) => ({
    display: fields.text('display'),
    externalId: fields.text('externalId'),
  }));
  const softwareInfo = item.child('softwareInfo', (info) => info.text('seller'));
  return {
    adamId,
    name: item.text('name'),
    artistName: item.text('artistName'),
    bundleId: item.text('bundleId'),
    watchBundleId: item.text('watchBundleId'),
    kind: item.text('kind'),
    deviceFamilies: item.texts('deviceFamilies'),
    artwork: readArtwork(item),
    version: version?.display ?? null,
    externalVersionId: version?.externalId ?? null,
    price: offer?.count('price') ?? null,
    currencyCode: offer?.text('currencyCode') ?? null,
    minimumOSVersion: item.text('minimumOSVersion'),
    genreNames: item.texts('genreNames'),
    seller: softwareInfo,
    isB2BCustomApp: item.flag('isB2BCustomApp'),
    isVppDeviceBasedLicensingEnabled: item.flag('isVppDeviceBasedLicensingEnabled'),
    releaseDate: item.text('releaseDate'),
    latestVersionReleaseDate: item.text('latestVersionReleaseDate'),
    url: item.text('url'),
    // Offers and software info contain more than was read from them.
    other: { ...item.rest().other, ...pick(item, ['offers', 'softwareInfo']) },
  };
}

/** Returns an object, or the first of a list of them. */
function readArtwork(item: Fields): Artwork | null {
  const one = item.child('artwork', (artwork) => artwork) ?? firstObject(item, 'artwork');
  const url = one?.text('url') ?? null;
  return url === null ? null : { url, width: one?.count('width') ?? null, height: one?.count('height') ?? null };
}

function firstObject(item: Fields, name: string): Fields | null {
  const list = item.raw[name];
  const first: unknown = Array.isArray(list) ? list.find(isObject) : undefined;
  return first === undefined ? null : new Fields(first, name);
}

function pick(item: Fields, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in item.raw).map((name) => [name, item.raw[name]]));
}

/** Returns the address of an icon or cover of that many pixels. */
export function artworkUrl(artwork: Artwork, width: number, height = width, format = 'png'): string {
  return artwork.url.replace('{w}', String(width)).replace('{h}', String(height)).replace('{f}', format);
}
