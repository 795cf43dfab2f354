import { Fields, isObject, type Json } from '../read/fields.ts';
import type { Open, Unread } from '../read/trailer.ts';
import { readStoreItem, type StoreItem } from '../store/store-item.ts';

/**
 * A resource of the catalog. What `attributes` contains depends on its type and on the requested `extend`. For apps and
 * books, `storeItemOf` picks out what products use.
 * Source: handling-requests-and-responses (documented).
 */
export interface CatalogResource extends Unread {
  /** The adamId, for apps and books. */
  readonly id: string;
  readonly type: Open<'apps' | 'books' | 'in-apps' | 'genres' | 'storefronts'> | null;
  readonly href: string | null;
  readonly attributes: Json;
  readonly relationships: Json;
}

export function readResource(row: Fields): CatalogResource {
  return {
    id: row.needText('id'),
    type: row.text('type'),
    href: row.text('href'),
    attributes: row.child('attributes', ({ raw }) => raw) ?? {},
    relationships: row.child('relationships', ({ raw }) => raw) ?? {},
    ...row.rest(),
  };
}

/** Where the samples put what the schema lists at the top level: under one of the platforms, in this order. */
const PLATFORMS = ['ios', 'osx', 'appletvos', 'xros'];

/** Returns an app or book in the same form as `lookup`. */
export function storeItemOf({ id, attributes }: CatalogResource): StoreItem {
  const perPlatform = isObject(attributes.platformAttributes) ? attributes.platformAttributes : {};
  const known = PLATFORMS.map((platform) => perPlatform[platform]);
  const nested = known.find(isObject) ?? Object.values(perPlatform).find(isObject) ?? {};
  const item = readStoreItem(id, new Fields({ ...nested, ...attributes }, 'attributes'));
  const latest = isObject(attributes.latestVersionInfo) ? attributes.latestVersionInfo.versionDisplay : undefined;
  return typeof latest === 'string' ? { ...item, version: latest } : item;
}
