import { type AppleFailure, AppleFailureError } from '../domain/apple-failure.ts';
import type { Asset } from '../domain/asset.ts';
import type { Doubt } from '../domain/doubt.ts';
import { type AssetReading, assignedSum, isSuspicious, isUnchanged, type Reading } from '../domain/reading.ts';
import type { Abort } from '../ports/abort.ts';
import type { AppleLocation } from '../ports/apple.ts';
import type { Checkpoint, ScanRecord } from '../ports/records.ts';
import type { Store } from '../ports/store.ts';
import { clearStaged } from './clear-staged.ts';
import { alongPlaces, inSlices } from './in-slices.ts';
import type { Progress } from './scan-progress.ts';
import { storePages } from './store-pages.ts';

/** What a scan reads with. */
export interface Reader {
  location: AppleLocation;
  scan: ScanRecord;
  /** As long as the scan is ours. */
  write: Store['write'];
  progress: Progress;
  /** What notifications said since Apple was last asked. */
  doubts: readonly Doubt[];
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

  const { after } = await reader.write((tx) => tx.staging.outlook(reader.scan.uId));
  // Where nothing is stored yet there is nothing to compare with: rows go where they belong at once.
  const direct = reader.scan.checkpoint?.direct ?? after === 0;
  let pass = await storeAll(reader, direct, reader.scan.checkpoint);
  let confirmedLoss = fresh.confirmedLoss;
  if (reading !== null && isSuspicious(reading.held, pass.held)) {
    pass = await storeAll(reader, direct, null);
    confirmedLoss ||= isSuspicious(reading.held, pass.held);
    // Twice the same, and yet the assets are counted as assigned: Apple contradicts itself, and what we have stays.
    if (isSuspicious(assignedSum(fresh.assets), pass.held)) throw new AppleFailureError(MOVED);
  }
  if (!direct) await alongPlaces(reader.write, (tx, place) => tx.staging.merge(reader.scan.uId, null, place));

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

/** Stores every assignment, out of sight; from the checkpoint on, if Apple's version is still the one it speaks of. */
async function storeAll(reader: Reader, direct: boolean, checkpoint: Checkpoint | null) {
  const { write, location, scan, progress, signal } = reader;
  let held = checkpoint?.held ?? 0;
  let goOn = checkpoint !== null;
  if (!goOn && !direct) await inSlices(write, (tx) => tx.staging.unstage(scan.uId));
  const last = await storePages(location.assignmentPages(null, signal, checkpoint?.place), async (slice) => {
    if (goOn && slice[0]?.pageIndex === 0) {
      // The version moved while nobody read: what was stored of it is void.
      await clearStaged(write, scan.uId);
      held = 0;
    }
    goOn = false;
    const rows = slice.flatMap((page) => page.rows);
    const place = slice.at(-1)?.place ?? null;
    await write(async (tx) => {
      const added = direct ? sumOf(await tx.staging.add(scan.uId, rows)) : await tx.staging.stage(scan.uId, rows);
      held += added;
      await tx.scans.checkpoint(scan, place === null ? null : { place, held, direct });
    });
    await progress.tell({ assignmentsDone: held });
  });
  if (last === null || last.consistency === 'uncertain') throw new AppleFailureError(MOVED);
  return { held, resumeVersion: last.resumeVersion, oneMoment: last.consistency === 'one-version' };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
