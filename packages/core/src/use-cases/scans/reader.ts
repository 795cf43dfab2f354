import type { AppleFailure } from '../../domain/apple-failure.ts';
import type { Instant } from '../../domain/instant.ts';
import type { WeighedReading } from '../../domain/licenses/weigh-reading.ts';
import type { Recheck } from '../../domain/scans/recheck.ts';
import type { UserNames } from '../../domain/scans/user-names.ts';
import type { Abort } from '../../ports/abort.ts';
import type { AppleLocation } from '../../ports/apple.ts';
import type { ScanRecord } from '../../ports/scans.ts';
import type { Store } from '../../ports/store.ts';
import type { NewHolders } from './new-holders.ts';
import type { Progress } from './scan-progress.ts';

/** What a scan reads with. */
export interface Reader {
  location: AppleLocation;
  scan: ScanRecord;
  /** Writes as long as we own the scan. */
  write: Store['write'];
  /** As `Store.sliceRows`. */
  sliceRows: number;
  progress: Progress;
  /** What notifications reported since Apple was last asked. */
  rechecks: readonly Recheck[];
  newHolders: NewHolders;
  /** Users who are listed as holding licenses; null if users were read before and are compared with those. */
  userHolders: UserNames | null;
  now(): Instant;
  /** The minimum time between two readings that confirm each other. */
  confirmAfterMs: number;
  signal: Abort | undefined;
}

/** What was read and staged, ready to become visible. */
export interface Findings {
  kind: 'full' | 'changes';
  /** Null: Apple lists the assets as they are stored. */
  weighed: WeighedReading | null;
  assetsVersion: string;
  assignmentsVersion: string;
}

/** Rows may be missing from such a reading, so it must not be taken as proof that licenses were released. */
export const MOVED: AppleFailure = {
  kind: 'no-answer',
  reason: 'moved',
  doing: 'retrieving token assignments',
  mayHaveArrived: false,
};
