export type { AssetName } from '../domain/licenses/asset.ts';
export {
  type Asset,
  type AssetDifference,
  type Assignment,
  assetKey,
  type Discrepancy,
  type KnownAsset,
  type LicenseCounts,
  type SaidAsset,
  UNLIMITED_COUNT,
} from '../domain/licenses/asset.ts';
export { discrepancyWords } from '../domain/licenses/discrepancy-words.ts';
export type { NameSchedule } from '../domain/licenses/name-schedule.ts';
export type { AssetReading, Reading, ReadingDiscrepancy, ReadingKind } from '../domain/licenses/reading.ts';
export { SeenRows } from '../domain/licenses/seen-rows.ts';
export type { Threshold, ThresholdScope } from '../domain/licenses/threshold.ts';
export type { NamedWeighing } from '../domain/licenses/weigh-reading.ts';
export type { Assets, CountChange, CountOutcome, Metadata, RowCursor, Thresholds } from '../ports/licenses.ts';
export { readMetadata } from '../use-cases/licenses/read-metadata.ts';
export { setThreshold } from '../use-cases/licenses/set-threshold.ts';
