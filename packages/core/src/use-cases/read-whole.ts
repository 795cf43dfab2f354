import { type AppleFailure, AppleFailureError } from '../domain/apple-failure.ts';
import type { Asset, Assignment } from '../domain/asset.ts';
import type { Doubt } from '../domain/doubt.ts';
import { Listed } from '../domain/listed.ts';
import { type AssetReading, assignedSum, isSuspicious, isUnchanged, type Reading } from '../domain/reading.ts';
import { oddAssets } from '../domain/suspect-assets.ts';
import type { Abort } from '../ports/abort.ts';
import type { AppleLocation } from '../ports/apple.ts';
import type { Checkpoint, ScanRecord } from '../ports/records.ts';
import type { Store, Tx } from '../ports/store.ts';
import { clearStaged } from './clear-staged.ts';
import { leaveUnlisted } from './leave-unlisted.ts';
import type { NewHolders } from './new-holders.ts';
import type { Progress } from './scan-progress.ts';
import { storePages } from './store-pages.ts';

/** What a scan reads with. */
export interface Reader {
  location: AppleLocation;
  scan: ScanRecord;
  /** As long as the scan is ours. */
  write: Store['write'];
  /** As `Store.sliceRows`. */
  sliceRows: number;
  progress: Progress;
  /** What notifications said since Apple was last asked. */
  doubts: readonly Doubt[];
  newHolders: NewHolders;
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

interface Pass {
  /** Different rows that were listed. */
  held: number;
  resumeVersion: string;
  oneMoment: boolean;
  /** Null: nothing was stored before. */
  list: Listed | null;
  /** Rows that were not stored before, by `assetKey`. */
  added: ReadonlyMap<string, number>;
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
  const checkpoint = reader.scan.checkpoint;
  // Where nothing is stored yet there is nothing to compare with.
  const compares = checkpoint?.compares ?? after > 0;
  let pass = compares ? await confirmAll(reader, fresh, checkpoint) : await addAll(reader, checkpoint);
  let confirmedLoss = fresh.confirmedLoss;
  if (reading !== null && isSuspicious(reading.held, pass.held)) {
    pass = await confirmAll(reader, fresh, null);
    confirmedLoss ||= isSuspicious(reading.held, pass.held);
    // Twice the same, and yet the assets are counted as assigned: Apple contradicts itself, and what we have stays.
    if (isSuspicious(assignedSum(fresh.assets), pass.held)) throw new AppleFailureError(MOVED);
  }
  if (pass.list !== null)
    await leaveUnlisted(reader.write, reader.scan.uId, pass.list, oddAssets(stored, fresh.assets, pass.added));

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

/** A first reading: every row is new, unless Apple lists it again or somebody assigns meanwhile. */
async function addAll(reader: Reader, checkpoint: Checkpoint | null): Promise<Pass> {
  let held = checkpoint?.held ?? 0;
  let allNew = true;
  const last = await storeAll(reader, checkpoint, {
    forget: async () => {
      held = 0;
    },
    async store(tx, rows) {
      const added = allNew ? await tx.staging.addNew(reader.scan.uId, rows) : null;
      // Where one was not, the next pages most likely hold more of them.
      allNew &&= added !== null;
      held += added ?? sumOf(await tx.staging.add(reader.scan.uId, rows));
      return { held, compares: false };
    },
    held: () => held,
  });
  return { ...last, held, list: null, added: new Map() };
}

/** A full pass over what is stored: what it lists is remembered, so that what it does not list can be found. */
async function confirmAll(reader: Reader, assets: AssetReading, checkpoint: Checkpoint | null): Promise<Pass> {
  const { write, scan } = reader;
  const expected = assignedSum(assets.assets);
  let list = new Listed(scan.id, expected);
  const added = new Map<string, number>();
  const marks = await write(async (tx) => {
    if (checkpoint === null) await tx.staging.forgetMarks(scan.uId);
    return tx.staging.marks(scan.uId);
  });
  for (const some of marks) list.putMarks(some);
  const last = await storeAll(reader, checkpoint, {
    forget: async () => {
      list = new Listed(scan.id, expected);
      added.clear();
    },
    async store(tx, rows) {
      for (const [key, count] of await tx.staging.add(scan.uId, rows)) added.set(key, (added.get(key) ?? 0) + count);
      for (const row of rows) list.add(row);
      await tx.staging.keepMarks(scan.uId, list.takeMarks());
      return { held: list.size, compares: true };
    },
    held: () => list.size,
  });
  return { ...last, held: list.size, list, added };
}

interface Storing {
  /** What was stored is void. */
  forget(): Promise<void>;
  store(tx: Tx, rows: readonly Assignment[]): Promise<Pick<Checkpoint, 'held' | 'compares'>>;
  held(): number;
}

/** Reads every assignment; from the checkpoint on, if Apple's version is still the one it speaks of. */
async function storeAll(reader: Reader, checkpoint: Checkpoint | null, storing: Storing) {
  const { write, sliceRows, location, scan, progress, signal } = reader;
  let goOn = checkpoint !== null;
  const last = await storePages(location.assignmentPages(null, signal, checkpoint?.place), sliceRows, async (slice) => {
    if (goOn && slice[0]?.pageIndex === 0) {
      // The version moved while nobody read: what was stored of it is void.
      await clearStaged(write, scan.uId);
      await storing.forget();
    }
    goOn = false;
    const rows = slice.flatMap((page) => page.rows);
    const place = slice.at(-1)?.place ?? null;
    await write(async (tx) => {
      const soFar = await storing.store(tx, rows);
      await tx.scans.checkpoint(scan, place === null ? null : { place, ...soFar });
    });
    await progress.tell({ assignmentsDone: storing.held() });
  });
  if (last === null || last.consistency === 'uncertain') throw new AppleFailureError(MOVED);
  return { resumeVersion: last.resumeVersion, oneMoment: last.consistency === 'one-version' };
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
