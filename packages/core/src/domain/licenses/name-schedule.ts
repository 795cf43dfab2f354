import { DAY_MS, HOUR_MS, MINUTE_MS } from '../instant.ts';

/** How long the store's answer about an asset is valid. */
export interface NameSchedule {
  /** Names rarely change, and the store's limits are not documented. */
  namedMs: number;
  /**
   * The wait after the first answer without a name, after the second, and after every further one: the store may have
   * failed temporarily.
   */
  namelessMs: readonly [number, number, number];
}

export const NAME_SCHEDULE: NameSchedule = {
  namedMs: 14 * DAY_MS,
  namelessMs: [5 * MINUTE_MS, HOUR_MS, DAY_MS],
};
