import { DAY_MS, HOUR_MS, MINUTE_MS } from '../instant.ts';

/** How long what the store said of an asset is good. */
export interface NameSchedule {
  /** Names change rarely, and the store's limits are not documented. */
  namedMs: number;
  /** After the first answer without a name, after the second, and after every further one: it may have been a bad moment. */
  namelessMs: readonly [number, number, number];
}

export const NAME_SCHEDULE: NameSchedule = {
  namedMs: 14 * DAY_MS,
  namelessMs: [5 * MINUTE_MS, HOUR_MS, DAY_MS],
};
