export { scanFailureWords } from '../domain/scans/scan-failure-words.ts';
export type {
  Checkpoint,
  CompleteList,
  ListedPart,
  Readings,
  Rechecks,
  ScanAttempt,
  ScanChanges,
  ScanProgress,
  ScanRecord,
  Scans,
  Staging,
} from '../ports/scans.ts';
export { removeUnlisted, removeUnlistedOf } from '../use-cases/scans/remove-unlisted.ts';
export { requestScan } from '../use-cases/scans/request-scan.ts';
export { type Reread, rereadAsset } from '../use-cases/scans/reread-asset.ts';
export { scanLocation } from '../use-cases/scans/scan-location.ts';
export { scanNow } from '../use-cases/scans/scan-now.ts';
