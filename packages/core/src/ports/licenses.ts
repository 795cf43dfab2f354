import type { Instant } from '../domain/instant.ts';
import type { Asset, AssetName, Assignment, KnownAsset } from '../domain/licenses/asset.ts';
import type { NameSchedule } from '../domain/licenses/name-schedule.ts';
import type { Threshold, ThresholdScope } from '../domain/licenses/threshold.ts';
import type { NamedWeighing } from '../domain/licenses/weigh-reading.ts';
import type { AssetMetadata } from './apple.ts';

/** A row's position among the rows of its location. Only the store interprets it. */
export interface RowCursor {
  assetNo: number;
  userHeld: boolean;
  holder: string;
}

/** Licenses of an asset that changed outside a scan, because of a notification or a finished release. */
export interface CountChange {
  adamId: string;
  pricingParam: string;
  /** More or, if negative, fewer licenses assigned; the available ones change by the opposite. */
  assigned: number;
  /** Bought or, if negative, refunded; the available ones change by the same number. */
  total: number;
  /** Skipped if the asset was read since, because that reading may include it. Null: never skipped. */
  unreadSince: Instant | null;
  /** Apple was asked at that time, so the counts are as of then. Null: Apple only notified us. */
  readAt: Instant | null;
}

/**
 * `unknown`: the asset is not listed here. `recent`: skipped, because it was read a moment ago. `contradicts`: a count
 * would have become negative.
 */
export type CountOutcome = 'done' | 'unknown' | 'recent' | 'contradicts';

export interface Assets {
  /** Returns what Apple listed at the last scan, without assets that are gone. */
  list(uId: string): Promise<KnownAsset[]>;
  /** Returns null if the location never had it. `name` is the name in its storefront. */
  byKey(uId: string, adamId: string, pricingParam: string): Promise<(Asset & { name: string | null }) | null>;
  /** Stores a reading. Assets that are gone are marked as such, never deleted. */
  replace(uId: string, assets: readonly NamedWeighing[], readAt: Instant): Promise<void>;
  /** Apple currently lists exactly what is stored, so no discrepancy remains. */
  confirm(uId: string, readAt: Instant): Promise<void>;
  isHeld(uId: string, assignment: Assignment): Promise<boolean>;
  /**
   * Stores holders from a notification, visible immediately and safe during a scan. Safe to repeat. Returns the rows
   * that were not held before.
   */
  assign(uId: string, rows: readonly Assignment[]): Promise<Assignment[]>;
  /** Does the same for released licenses. Returns the rows that were held before. */
  unassign(uId: string, rows: readonly Assignment[]): Promise<Assignment[]>;
  /** Returns some of an asset's holders, after `after`. */
  holders(
    uId: string,
    name: AssetName,
    after: RowCursor | null,
  ): Promise<{ rows: Assignment[]; next: RowCursor | null }>;
  /** Adds to counts, to each asset at most once. Returns the outcome for each; call `judge` afterwards. */
  addToCounts(uId: string, changes: readonly CountChange[]): Promise<CountOutcome[]>;
  /** After counts changed: recomputes which assets are low, and records the day in the history. */
  judge(uId: string, now: Instant): Promise<void>;
  /** Thins out the history, more for older days. Returns the number of rows deleted. */
  thinDays(now: Instant): Promise<number>;
  /** Stores the counts of one asset, as just read and consistent with its holders. */
  saveOne(uId: string, asset: Asset, surplus: number, readAt: Instant): Promise<void>;
}

export interface Thresholds {
  /** Null removes the threshold. Recomputes the assets that it applies to. */
  set(scope: ThresholdScope, threshold: Threshold | null, now: Instant): Promise<void>;
}

export interface Metadata {
  /** Returns assets of a location whose names are due, in the location's country; those without a name first. */
  due(uId: string, schedule: NameSchedule, now: Instant, limit: number): Promise<string[]>;
  /** Returns when the first asset without a name is due; null if all have one. */
  namelessAt(uId: string, schedule: NameSchedule): Promise<Instant | null>;
  /** Records that the store did not answer. Known names stay. */
  noteSilence(uId: string, adamIds: readonly string[], now: Instant): Promise<void>;
  save(uId: string, items: readonly AssetMetadata[], now: Instant): Promise<void>;
  /** Returns the store's names for assets in the location's country, where known. */
  names(uId: string, adamIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
