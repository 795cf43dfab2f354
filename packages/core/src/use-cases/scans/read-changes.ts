import type { KnownAsset, SaidAsset } from '../../domain/licenses/asset.ts';
import { type AssetReading, assignedSum, isUnchanged, type Reading } from '../../domain/licenses/reading.ts';
import { weighReading } from '../../domain/licenses/weigh-reading.ts';
import { AGREES } from '../../domain/list-evidence.ts';
import { oddAssets } from '../../domain/scans/suspect-assets.ts';
import type { AssignmentPage, FirstAssets } from '../../ports/apple.ts';
import { isUnknownVersion } from '../tokens/unknown-version.ts';
import { lookForNewHolders } from './new-holders.ts';
import { readAssets } from './read-assets.ts';
import type { Findings, Reader } from './reader.ts';
import { rereadSuspects } from './reread-suspects.ts';
import { storePages } from './store-pages.ts';

/** Licenses assigned during the comparison look like released ones, so it is repeated up to this many times. */
const COMPARISONS = 3;

/**
 * Reads what changed since the last time. Apple's differences do not show releases (unknown), but they show everything
 * else: if the count of an asset is what it was plus what was added since, nothing was released. Otherwise the asset is
 * read again. Returns null if that is not shorter or does not help, or if Apple or the data do not allow it: a full
 * scan is needed then. `first`: the first page of the assets, if it was read a moment ago.
 *
 * If notifications changed what is stored, assets with reported releases are read again as well.
 */
export async function readChanges(
  reader: Reader,
  reading: Reading,
  stored: readonly KnownAsset[],
  first: FirstAssets | null,
): Promise<Findings | null> {
  let assets: AssetReading = { versionId: reading.assetsVersion, assets: [...stored], evidence: AGREES };
  let since = reading.assignmentsVersion;
  let assetsMoved = false;
  const added = new Map<string, number>();

  for (let comparison = 1; comparison <= COMPARISONS; comparison++) {
    const isToRecheck = comparison === 1 && reader.rechecks.length > 0;
    const page = comparison === 1 && first !== null ? first : await reader.location.firstAssets(reader.signal);
    const fresh = await assetsUnlessSame(reader, page, assets, stored, isToRecheck);
    // The counts are the same as a moment ago, so the mismatch isn't caused by the time between two requests.
    if (comparison > 1 && fresh === null) break;
    if (fresh !== null) {
      assets = fresh;
      assetsMoved = true;
    }
    await reader.progress.report({ assetsDone: assets.assets.length, assetsTotal: assets.assets.length });

    const resume = await addSince(reader, since, added);
    if (resume === null) return null;
    since = resume;
    if (!(await addsUp(reader, reading, stored, assets.assets, added))) continue;
    if (reader.rechecks.length === 0) return findings(reader, assetsMoved ? assets : null, stored, NOT_COUNTED);
    break;
  }
  const reread = await rereadSuspects(reader, stored, assets.assets, added);
  if (reread === null) return null;
  const { after } = await reader.write((tx) => tx.staging.outlook(reader.scan.uId));
  const found = findings(reader, { ...assets, assets: reread.assets }, stored, reread.listedOf);
  return after - assignedSum(reread.assets) === found.weighed?.surplus ? found : null;

  function findings(
    { now, confirmAfterMs }: Reader,
    read: AssetReading | null,
    known: readonly KnownAsset[],
    listedOf: ReadonlyMap<string, number>,
  ): Findings {
    const weighed =
      read &&
      weighReading({
        stored: known,
        said: read.assets,
        listedOf: (key) => listedOf.get(key) ?? null,
        listedKeys: [],
        assets: read.evidence,
        assignments: AGREES,
        now: now(),
        confirmAfterMs,
      });
    return { kind: 'changes', weighed, assetsVersion: assets.versionId, assignmentsVersion: since };
  }
}

const NOT_COUNTED: ReadonlyMap<string, number> = new Map();

async function addsUp(
  { write, scan }: Reader,
  { surplus }: Reading,
  stored: readonly KnownAsset[],
  assets: readonly SaidAsset[],
  added: ReadonlyMap<string, number>,
): Promise<boolean> {
  if (oddAssets(stored, assets, added).length > 0) return false;
  const { after } = await write((tx) => tx.staging.outlook(scan.uId));
  return after - assignedSum(assets) === surplus;
}

/**
 * Returns null if Apple still lists what we know. Takes no further request then, nor if everything fits on one page.
 */
async function assetsUnlessSame(
  reader: Reader,
  first: FirstAssets,
  known: AssetReading,
  stored: readonly KnownAsset[],
  isToRecheck: boolean,
) {
  if (!isToRecheck && isUnchanged(known.assets, known.versionId, first)) return null;
  return readAssets(reader, stored, first.complete ? first : null);
}

/**
 * Adds what was assigned since. Returns where to continue, or null if that is unknown. If nothing is listed, it
 * continues from the same version again, so that the next answer covers anything that an empty one left out.
 */
async function addSince(reader: Reader, since: string, added: Map<string, number>): Promise<string | null> {
  let last: AssignmentPage | null = null;
  let isEmpty = true;
  try {
    last = await storePages(reader.location.assignmentPages(since, reader.signal), reader.sliceRows, async (slice) => {
      const rows = slice.flatMap((page) => page.rows);
      if (rows.length > 0) isEmpty = false;
      const news = await reader.write(async (tx) => {
        await lookForNewHolders(tx, reader.scan.uId, rows, reader.newHolders);
        return tx.staging.add(reader.scan.uId, rows);
      });
      for (const [key, count] of news) added.set(key, (added.get(key) ?? 0) + count);
      await reader.progress.report({});
    });
  } catch (error) {
    if (isUnknownVersion(error)) return null;
    throw error;
  }
  if (last === null || last.consistency === 'uncertain' || last.resumeVersion === '') return null;
  return isEmpty ? since : last.resumeVersion;
}
