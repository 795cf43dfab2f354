import type { PricingParam } from './asset.ts';

/** Which assets to read; all of them if empty. Source: get-assets (documented). */
export interface AssetFilters {
  readonly adamId?: string;
  readonly pricingParam?: PricingParam;
  readonly productType?: 'App' | 'Book';
  readonly revocable?: boolean;
  readonly deviceAssignable?: boolean;
  /** Inclusive, like the other three. */
  readonly minAvailableCount?: number;
  readonly maxAvailableCount?: number;
  readonly minAssignedCount?: number;
  readonly maxAssignedCount?: number;
  /** `false` leaves unlimited assets out. With `true`, or without it, they are included and marked `unlimited`. */
  readonly unlimited?: boolean;
}

/** Which assignments to read. Source: get-assignments (documented). */
export interface AssignmentFilters {
  readonly adamId?: string;
  readonly pricingParam?: PricingParam;
  readonly clientUserId?: string;
  readonly serialNumber?: string;
  /** Leaves out the assignments of retired users. */
  readonly excludeInactiveUsers?: boolean;
  /** Adds `userStatus` and `idHash` to each row. */
  readonly includeUserState?: boolean;
  /**
   * Only what was assigned or changed since that version; released assignments do not appear. An unknown version is
   * refused with 9721; read everything in that case. How it combines with other filters is not documented.
   */
  readonly sinceVersionId?: string;
}
