import type { Instant } from '../domain/instant.ts';

/** Licenses of an asset that moved outside a reading. */
export interface CountMove {
  adamId: string;
  pricingParam: string;
  /** More assigned; as many fewer available. */
  assigned: number;
  /** More owned; as many more available. */
  total: number;
}

export interface Counts {
  /** Moves the counts of assets; keeps the day in the history and judges anew whether they are low. */
  move(uId: string, moves: readonly CountMove[], now: Instant): Promise<void>;
  /** Makes days of the history fewer, the older the fewer; gives how many rows went. */
  thin(now: Instant): Promise<number>;
}
