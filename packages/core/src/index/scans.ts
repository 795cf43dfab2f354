export { scanFailureWords } from '../domain/scans/scan-failure-words.ts';
export type {
  Checkpoint,
  CompleteList,
  Doubts,
  ListedPart,
  Readings,
  ScanAttempt,
  ScanChanges,
  ScanProgress,
  ScanRecord,
  Scans,
  Staging,
} from '../ports/scans.ts';
export { leaveUnlisted, leaveUnlistedOf } from '../use-cases/scans/leave-unlisted.ts';
export { requestScan } from '../use-cases/scans/request-scan.ts';
export { type Reread, rereadAsset } from '../use-cases/scans/reread-asset.ts';
export { scanLocation } from '../use-cases/scans/scan-location.ts';
export { scanNow } from '../use-cases/scans/scan-now.ts';
