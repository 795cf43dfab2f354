import type { Asset } from '../licenses/asset.ts';

/** An asset that notifications have mentioned since Winesap last asked Apple. */
export interface Recheck extends Pick<Asset, 'adamId' | 'pricingParam'> {
  /** Licenses were released. */
  taken: boolean;
  /** The notification does not match what is stored: don't wait for the next scan. */
  urgent: boolean;
}

/** Means the whole location. */
export const WHOLE: Pick<Asset, 'adamId' | 'pricingParam'> = { adamId: '', pricingParam: '' };
