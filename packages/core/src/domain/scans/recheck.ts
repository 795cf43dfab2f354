import type { Asset } from '../licenses/asset.ts';

/** An asset about which notifications said something since Apple was last asked. */
export interface Recheck extends Pick<Asset, 'adamId' | 'pricingParam'> {
  /** Licenses were given back. */
  taken: boolean;
  /** What was said does not fit what is stored: not to wait for the next scan. */
  urgent: boolean;
}

/** Stands for the whole location. */
export const WHOLE: Pick<Asset, 'adamId' | 'pricingParam'> = { adamId: '', pricingParam: '' };
