import { AppleFailureError } from '../../domain/apple-failure.ts';
import { type Assignment, assetKey } from '../../domain/licenses/asset.ts';
import { SeenRows } from '../../domain/licenses/seen-rows.ts';
import { type Evidence, PageLedger } from '../../domain/list-evidence.ts';
import type { Checkpoint, Staging } from '../../ports/scans.ts';
import { clearStaged } from './clear-staged.ts';
import { MOVED, type Reader } from './reader.ts';
import { storePages } from './store-pages.ts';

/** Every assignment, read and staged. */
export interface HolderPass {
  list: SeenRows;
  /** The number of different listed rows, by `assetKey`. */
  listedOf: Map<string, number>;
  /** Those of them that weren't stored before. */
  addedTo: Map<string, number>;
  evidence: Evidence;
  resumeVersion: string;
}

/**
 * Reads every assignment, from the checkpoint on if Apple's version is still the same. Remembers what is listed, so
 * that it can be counted and unlisted rows can be found. Throws if the assignments changed too quickly to be sure of
 * them.
 */
export async function readHolders(
  reader: Reader,
  expected: number,
  checkpoint: Checkpoint | null,
): Promise<HolderPass> {
  const { write, sliceRows, location, scan, progress, userHolders, signal } = reader;
  const { after } = await write((tx) => tx.staging.outlook(scan.uId));
  // If nothing is stored yet, every row is new, unless a notification adds one in the meantime.
  const compares = checkpoint?.compares ?? after > 0;
  const pass = new Pass(scan.id, expected, !compares);
  const parts = await write(async (tx) => {
    if (checkpoint === null) await tx.staging.forgetMarks(scan.uId);
    return tx.staging.marks(scan.uId);
  });
  for (const part of parts) pass.remember(part.marks, part.counts);

  let goOn = checkpoint !== null;
  let beganAgain = false;
  const ledger = new PageLedger();
  const pages = location.assignmentPages(null, signal, checkpoint?.place);
  const last = await storePages(pages, sliceRows, async (slice) => {
    if (goOn && slice[0]?.pageIndex === 0) {
      // The version changed during the interruption: what was stored of it is void.
      await clearStaged(write, scan.uId);
      pass.forget();
    }
    goOn = false;
    const fresh = slice.flatMap(({ list, pageIndex, rows }) => {
      beganAgain ||= pageIndex === 0 && pass.list.size > 0;
      const unseen = pass.unseen(rows);
      for (const { holderKind, holder } of unseen) if (holderKind === 'user') userHolders?.add(holder);
      if (list !== null) ledger.see(list, beganAgain ? 0 : rows.length - unseen.length);
      return unseen;
    });
    const part = pass.count(fresh);
    const place = slice.at(-1)?.place ?? null;
    const soFar = { held: pass.list.size, compares };
    await write(async (tx) => {
      await pass.store(tx.staging, scan.uId, fresh);
      await tx.staging.keepMarks(scan.uId, part);
      await tx.scans.checkpoint(scan, place === null ? null : { place, ...soFar });
    });
    await progress.report({ assignmentsDone: pass.list.size });
  });
  if (last === null || last.consistency === 'uncertain') throw new AppleFailureError(MOVED);
  const { list, listedOf, addedTo } = pass;
  return { list, listedOf, addedTo, evidence: ledger.judge(), resumeVersion: last.resumeVersion };
}

/** What a pass has listed so far. */
class Pass {
  readonly #seed: string;
  readonly #expected: number;
  #allNew: boolean;
  list: SeenRows;
  listedOf = new Map<string, number>();
  addedTo = new Map<string, number>();

  constructor(seed: string, expected: number, allNew: boolean) {
    this.#seed = seed;
    this.#expected = expected;
    this.#allNew = allNew;
    this.list = new SeenRows(seed, expected);
  }

  remember(marks: Uint8Array, counts: Readonly<Record<string, number>>): void {
    this.list.putMarks(marks);
    for (const [key, count] of Object.entries(counts)) addTo(this.listedOf, key, count);
  }

  forget(): void {
    this.list = new SeenRows(this.#seed, this.#expected);
    this.listedOf.clear();
    this.addedTo.clear();
  }

  /** Returns the rows that weren't listed before, each once. */
  unseen(rows: readonly Assignment[]): Assignment[] {
    return rows.filter((row) => this.list.add(row));
  }

  count(fresh: readonly Assignment[]) {
    const counts = new Map<string, number>();
    for (const row of fresh) addTo(counts, assetKey(row), 1);
    for (const [key, count] of counts) addTo(this.listedOf, key, count);
    return { marks: this.list.takeMarks(), counts: Object.fromEntries(counts) };
  }

  async store(staging: Staging, uId: string, rows: readonly Assignment[]): Promise<void> {
    if (this.#allNew) {
      if ((await staging.addNew(uId, rows)) !== null) return;
      // If one was already stored, the next pages probably contain more of them.
      this.#allNew = false;
    }
    for (const [key, count] of await staging.add(uId, rows)) addTo(this.addedTo, key, count);
  }
}

function addTo(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
