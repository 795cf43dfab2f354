import { type AppleFailure, AppleFailureError } from '../domain/apple-failure.ts';
import type { Asset } from '../domain/asset.ts';
import { type AssetReading, assignedSum, isSuspicious, isUnchanged, type Reading } from '../domain/reading.ts';
import type { Abort } from '../ports/abort.ts';
import type { AppleLocation, AssignmentPage } from '../ports/apple.ts';
import type { ScanRecord } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';
import { alongPlaces, inSlices } from './in-slices.ts';
import type { Progress } from './scan-progress.ts';

/** What a scan reads with. */
export interface Reader {
  location: AppleLocation;
  scan: ScanRecord;
  /** As long as the scan is ours. */
  write: Store['write'];
  progress: Progress;
  signal: Abort | undefined;
}

/** What was read and is now staged, ready to become visible. */
export interface Findings {
  kind: 'full' | 'changes';
  /** Null: as stored. */
  assets: Asset[] | null;
  assetsVersion: string;
  assignmentsVersion: string;
  surplus: number;
  /** Much is missing, and a second reading said so too. */
  confirmedLoss: boolean;
}

/** Rows may be missing from such a reading; to conclude from it that licenses were given back would be wrong. */
const MOVED: AppleFailure = {
  kind: 'no-answer',
  reason: 'moved',
  doing: 'retrieving token assignments',
  mayHaveArrived: false,
};

/** Reads every asset and every assignment. Throws when the assignments moved too quickly to be sure of them. */
export async function readWhole(reader: Reader, reading: Reading | null, stored: readonly Asset[]): Promise<Findings> {
  const { progress, location, signal } = reader;
  const fresh = await readAssets(reader, stored);
  await progress.tell({
    assetsDone: fresh.assets.length,
    assetsTotal: fresh.assets.length,
    assignmentsTotal: assignedSum(fresh.assets),
  });

  let pass = await stageAll(reader);
  let confirmedLoss = fresh.confirmedLoss;
  if (reading !== null && isSuspicious(reading.held, pass.held)) {
    pass = await stageAll(reader);
    confirmedLoss ||= isSuspicious(reading.held, pass.held);
  }
  await alongPlaces(reader.write, (tx, after) => tx.staging.merge(reader.scan.uId, null, after));

  const surplus = pass.held - assignedSum(fresh.assets);
  // What differs at one moment differs because Apple counts so; otherwise it may as well have changed in between.
  const sameMoment = surplus === 0 || isUnchanged(fresh.assets, fresh.versionId, await location.firstAssets(signal));
  return {
    kind: 'full',
    assets: fresh.assets,
    assetsVersion: fresh.versionId,
    assignmentsVersion: pass.resumeVersion,
    // From an empty list nothing is learned about how Apple counts.
    surplus:
      sameMoment && pass.oneMoment && !confirmedLoss && fresh.assets.length > 0 ? surplus : (reading?.surplus ?? 0),
    confirmedLoss,
  };
}

/** The assets of one version; an answer that is suspiciously small is asked for twice, and the second one counts. */
export async function readAssets(
  { location, progress, signal }: Pick<Reader, 'location' | 'progress' | 'signal'>,
  stored: readonly Asset[],
  first: AssetReading | null = null,
): Promise<AssetReading & { confirmedLoss: boolean }> {
  const told = (done: number, expected: number | null) => progress.tell({ assetsDone: done, assetsTotal: expected });
  const fresh = first ?? (await location.assets('patient', told, signal));
  if (!isSuspicious(stored.length, fresh.assets.length)) return { ...fresh, confirmedLoss: false };
  const again = await location.assets('patient', told, signal);
  return { ...again, confirmedLoss: isSuspicious(stored.length, again.assets.length) };
}

async function stageAll({ write, location, scan, progress, signal }: Reader) {
  await inSlices(write, (tx) => tx.staging.unstage(scan.uId));
  let held = 0;
  let last: AssignmentPage | null = null;
  for await (const page of location.assignmentPages(null, signal)) {
    held += await write((tx) => tx.staging.stage(scan.uId, page.rows));
    last = page;
    await progress.tell({ assignmentsDone: held });
  }
  if (last === null || last.consistency === 'uncertain') throw new AppleFailureError(MOVED);
  return { held, resumeVersion: last.resumeVersion, oneMoment: last.consistency === 'one-version' };
}
