import { type Asset, assetKey, type PricingParam } from './asset.ts';

/** The assets of one location, in the order they were first bought. Refunded to nothing they stay, with zero counts. */
export class AssetBook {
  readonly #rows: Asset[] = [];
  readonly #byKey = new Map<string, Asset>();

  get size(): number {
    return this.#rows.length;
  }

  get all(): readonly Asset[] {
    return this.#rows;
  }

  at(index: number): Asset {
    const asset = this.#rows[index];
    if (asset === undefined) throw new Error(`there is no asset ${index}`);
    return asset;
  }

  find(adamId: string, pricingParam: PricingParam): Asset | undefined {
    return this.#byKey.get(assetKey(adamId, pricingParam));
  }

  add(given: Omit<Asset, 'index' | 'assigned' | 'retired'>): Asset {
    const asset: Asset = { ...given, index: this.#rows.length, assigned: 0, retired: 0 };
    this.#rows.push(asset);
    this.#byKey.set(assetKey(asset.adamId, asset.pricingParam), asset);
    return asset;
  }
}
