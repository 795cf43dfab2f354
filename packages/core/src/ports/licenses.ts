import type { Instant } from '../domain/instant.ts';
import type { Asset, AssetName, Assignment, KnownAsset } from '../domain/licenses/asset.ts';
import type { NameSchedule } from '../domain/licenses/name-schedule.ts';
import type { Threshold, ThresholdScope } from '../domain/licenses/threshold.ts';
import type { NamedWeighing } from '../domain/licenses/weigh-reading.ts';
import type { AssetMetadata } from './apple.ts';

/** A row's place among the rows of its location. Only the store looks into it. */
export interface RowCursor {
  assetNo: number;
  userHeld: boolean;
  holder: string;
}

/** Licenses of an asset that moved outside a reading: notifications said so, or a release came to its end. */
export interface CountChange {
  adamId: string;
  pricingParam: string;
  /** More or, negative, fewer licenses assigned; as many fewer or more are available. */
  assigned: number;
  /** Bought or, negative, refunded; as many more or fewer are available. */
  total: number;
  /** Left alone when the asset was read since: that reading may know it already. Null: in any case. */
  unreadSince: Instant | null;
  /** Apple was asked for it then, so that the counts are as of then. Null: Apple only said so. */
  readAt: Instant | null;
}

/**
 * `unknown`: the asset is not listed here. `recent`: left alone, read a moment ago. `contradicts`: a count would have
 * fallen below nothing.
 */
export type CountOutcome = 'done' | 'unknown' | 'recent' | 'contradicts';

export interface Assets {
  /** What Apple listed at the last reading; assets gone are left out. */
  list(uId: string): Promise<KnownAsset[]>;
  /** Null when the location never had it. `name` is what its storefront calls it. */
  byKey(uId: string, adamId: string, pricingParam: string): Promise<(Asset & { name: string | null }) | null>;
  /** Stores a reading: assets gone are marked so, never deleted. */
  replace(uId: string, assets: readonly NamedWeighing[], readAt: Instant): Promise<void>;
  /** Apple lists at this moment what is stored, so that nothing is in question. */
  confirm(uId: string, readAt: Instant): Promise<void>;
  isHeld(uId: string, assignment: Assignment): Promise<boolean>;
  /**
   * What a notification tells of holders, seen at once; also right while the location is read. May be told twice.
   * Gives the rows that were not held before.
   */
  assign(uId: string, rows: readonly Assignment[]): Promise<Assignment[]>;
  /** The same for licenses given back. Gives the rows that were held before. */
  unassign(uId: string, rows: readonly Assignment[]): Promise<Assignment[]>;
  /** Some of those who hold an asset, from `after` on. */
  holders(
    uId: string,
    name: AssetName,
    after: RowCursor | null,
  ): Promise<{ rows: Assignment[]; next: RowCursor | null }>;
  /** Adds to counts, to each asset at most once. Returns what came of each; `judge` is to follow. */
  addToCounts(uId: string, changes: readonly CountChange[]): Promise<CountOutcome[]>;
  /** After counts changed: says anew which assets are low, and keeps the day in the history. */
  judge(uId: string, now: Instant): Promise<void>;
  /** Makes days of the history fewer, the older the fewer. Returns how many rows went. */
  thinDays(now: Instant): Promise<number>;
  /** The counts of one asset, as just read and in agreement with its holders. */
  saveOne(uId: string, asset: Asset, surplus: number, readAt: Instant): Promise<void>;
}

export interface Thresholds {
  /** Null takes back what was said. Judges anew what it concerns. */
  set(scope: ThresholdScope, threshold: Threshold | null, now: Instant): Promise<void>;
}

export interface Metadata {
  /** Assets of a location that the store is to be asked about now, in the location's country; those without a name first. */
  due(uId: string, schedule: NameSchedule, now: Instant, limit: number): Promise<string[]>;
  /** When the first asset without a name is due; null when all have one. */
  namelessAt(uId: string, schedule: NameSchedule): Promise<Instant | null>;
  /** The store said nothing at all: asked, and no wiser. What is known stays. */
  noteSilence(uId: string, adamIds: readonly string[], now: Instant): Promise<void>;
  save(uId: string, items: readonly AssetMetadata[], now: Instant): Promise<void>;
  /** What the store calls assets in the location's country, where it is known. */
  names(uId: string, adamIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
