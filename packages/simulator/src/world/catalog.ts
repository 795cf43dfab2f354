import type { ProductType } from './assets/asset.ts';
import listed from './catalog.json' with { type: 'json' };
import { hashText } from './hash.ts';

/** What the store tells about an app or book. All names are made up. */
export interface CatalogEntry {
  readonly adamId: string;
  readonly name: string;
  readonly genre: string;
  readonly productType: ProductType;
  readonly supportedPlatforms: readonly string[];
  readonly priceCents: number;
  readonly maker: string;
  /** Made for one organization: nobody sees it but with a token of a location that owns it. */
  readonly custom?: boolean;
}

const byId = new Map((listed as CatalogEntry[]).map((entry) => [entry.adamId, entry]));

const FIRST = [
  'Amber',
  'Birch',
  'Cedar',
  'Copper',
  'Fern',
  'Hazel',
  'Indigo',
  'Juniper',
  'Linden',
  'Maple',
  'Pebble',
  'River',
  'Saffron',
  'Silver',
  'Willow',
  'Yarrow',
];
const SECOND = [
  'Board',
  'Desk',
  'Flow',
  'Garden',
  'Guide',
  'Kit',
  'Lens',
  'Note',
  'Pad',
  'Path',
  'Plan',
  'Port',
  'Scope',
  'Sheet',
  'Studio',
  'Track',
];
const MAKERS = ['Nightjar Labs', 'Larch & Loom', 'Wharf Software', 'Compass Works', 'Plum'];
const PLATFORMS = [
  ['iOS'],
  ['iOS', 'macOS'],
  ['iOS', 'macOS', 'watchOS'],
  ['macOS'],
  ['iOS', 'tvOS'],
  ['iOS', 'visionOS'],
];

/** Every listed item, in a fixed order; the scenarios buy from here. */
export const catalogList: readonly CatalogEntry[] = [...byId.values()];

/** The listed entry, or one made up from the id: the same id always gives the same entry. */
export function catalogEntry(adamId: string, productType?: ProductType, name?: string): CatalogEntry {
  const known = byId.get(adamId);
  if (known !== undefined) return name === undefined ? known : { ...known, name };
  const h = hashText(adamId);
  const pick = <T>(list: readonly T[], shift: number): T => list[(h >>> shift) % list.length] as T;
  const type = productType ?? 'App';
  return {
    adamId,
    name: name ?? `${pick(FIRST, 0)} ${pick(SECOND, 7)}${h % 3 === 0 ? ` ${((h >>> 20) % 9) + 2}` : ''}`,
    genre: type === 'Book' ? 'Education' : 'Productivity',
    productType: type,
    supportedPlatforms: type === 'Book' ? ['iOS'] : pick(PLATFORMS, 11),
    priceCents: h % 2 === 0 ? 0 : ((h >>> 16) % 20) * 100 + 99,
    maker: pick(MAKERS, 14),
  };
}

/** The store as this world sees it: everything listed, and whatever was ever bought. */
export class Catalog {
  readonly #bought = new Map<string, CatalogEntry>();

  keep(entry: CatalogEntry): void {
    if (byId.get(entry.adamId) !== entry) this.#bought.set(entry.adamId, entry);
  }

  find(adamId: string): CatalogEntry | undefined {
    return this.#bought.get(adamId) ?? byId.get(adamId);
  }

  /** Everything there is, listed ones first. */
  all(): CatalogEntry[] {
    return [...new Map([...byId, ...this.#bought]).values()];
  }
}

export function bundleIdOf(entry: CatalogEntry): string {
  const label = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return `example.${label(entry.maker)}.${label(entry.name)}`;
}

const FAMILIES: Record<string, readonly string[]> = {
  iOS: ['iphone', 'ipad', 'ipod'],
  macOS: ['mac'],
  tvOS: ['tvos'],
  watchOS: ['watch'],
  visionOS: ['realityDevice'],
};

export function deviceFamiliesOf(entry: CatalogEntry): string[] {
  return entry.supportedPlatforms.flatMap((platform) => FAMILIES[platform] ?? []);
}
