import type { Asset, PricingParam } from '../../world/assets/asset.ts';
import { invalid, text } from './v1-fields.ts';

export interface Product {
  readonly productTypeId: number;
  readonly productTypeName: string;
  readonly isIrrevocable: boolean;
  readonly pricingParam: PricingParam;
}

/** What version 1 says of every asset: 7 is macOS software, 8 an app, 10 a book. */
export function productOf({ productType, supportedPlatforms, revocable, pricingParam }: Asset): Product {
  const macOnly = supportedPlatforms.length > 0 && supportedPlatforms.every((platform) => platform === 'macOS');
  const [productTypeId, productTypeName] =
    productType === 'Book'
      ? ([10, 'Publication'] as const)
      : macOnly
        ? ([7, 'Software'] as const)
        : ([8, 'Application'] as const);
  return { productTypeId, productTypeName, isIrrevocable: !revocable, pricingParam };
}

export function pricingOf(body: Readonly<Record<string, unknown>>): PricingParam | undefined {
  const value = text(body, 'pricingParam');
  if (value !== undefined && value !== 'STDQ' && value !== 'PLUS') throw invalid('pricingParam');
  return value;
}
