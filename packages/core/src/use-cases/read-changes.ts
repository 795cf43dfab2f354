import type { Asset } from '../domain/asset.ts';
import { type AssetReading, assignedSum, isUnchanged, type Reading } from '../domain/reading.ts';
import type { AssignmentPage, FirstAssets } from '../ports/apple.ts';
import { lookForNewHolders } from './new-holders.ts';
import { type Findings, type Reader, readAssets } from './read-whole.ts';
import { rereadSuspects } from './reread-suspects.ts';
import { storePages } from './store-pages.ts';
import { isUnknownVersion } from './unknown-version.ts';

/** Licenses assigned while we compare look like licenses given back; so often it is looked at again. */
const COMPARISONS = 3;

/**
 * Reads what changed since the last time. Apple's differences do not show what was given back (unknown), but they show
 * everything else: so where the counts of the assets add up to the assignments we would then hold, nothing was given
 * back. Where they do not, the assets whose own count is odd are read anew. Gives null where that is no shorter way, does
 * not help, or where Apple or the data do not allow it: everything has to be read then. `first`: the first page of the
 * assets, where it was read a moment ago.
 *
 * Where notifications changed what is stored, the sum of all assets is not enough, since two wrong ones may cancel out:
 * every asset has to add up, and those of which licenses were said to be given back are read anew.
 */
export async function readChanges(
  reader: Reader,
  reading: Reading,
  stored: readonly Asset[],
  first: FirstAssets | null,
): Promise<Findings | null> {
  let assets: AssetReading = { versionId: reading.assetsVersion, assets: [...stored] };
  let since = reading.assignmentsVersion;
  let assetsMoved = false;
  let confirmedLoss = false;
  const added = new Map<string, number>();
  const findings = (): Findings => ({
    kind: 'changes',
    assets: assetsMoved ? assets.assets : null,
    assetsVersion: assets.versionId,
    assignmentsVersion: since,
    surplus: reading.surplus,
    confirmedLoss,
  });

  for (let comparison = 1; comparison <= COMPARISONS; comparison++) {
    const isDoubted = comparison === 1 && reader.doubts.length > 0;
    const page = comparison === 1 && first !== null ? first : await reader.location.firstAssets(reader.signal);
    const fresh = await assetsUnlessSame(reader, page, assets, stored, isDoubted);
    // The same counts as a moment ago: what does not add up has another reason than the time between two requests.
    if (comparison > 1 && fresh === null) break;
    if (fresh !== null) {
      assets = fresh;
      assetsMoved = true;
      confirmedLoss = fresh.confirmedLoss;
    }
    await reader.progress.tell({ assetsDone: assets.assets.length, assetsTotal: assets.assets.length });

    const resume = await addSince(reader, since, added);
    if (resume === null) return null;
    since = resume;
    if (!(await addsUp(reader, reading, assets.assets))) continue;
    if (reader.doubts.length === 0) return findings();
    break;
  }
  const reread = await rereadSuspects(reader, stored, assets.assets, added);
  if (reread === null) return null;
  assets = { ...assets, assets: reread };
  assetsMoved = true;
  return (await addsUp(reader, reading, reread)) ? findings() : null;
}

async function addsUp({ write, scan }: Reader, { surplus }: Reading, assets: readonly Asset[]): Promise<boolean> {
  const { after } = await write((tx) => tx.staging.outlook(scan.uId));
  return after - assignedSum(assets) === surplus;
}

/** Null when Apple still lists what we know. No further request then, nor where all fit into one page. */
async function assetsUnlessSame(
  reader: Reader,
  first: FirstAssets,
  known: AssetReading,
  stored: readonly Asset[],
  isDoubted: boolean,
) {
  if (!isDoubted && isUnchanged(known.assets, known.versionId, first)) return null;
  return readAssets(reader, stored, first.complete ? first : null);
}

/** Adds what was assigned since; where to go on from, or null where that cannot be said. */
async function addSince(reader: Reader, since: string, added: Map<string, number>): Promise<string | null> {
  let last: AssignmentPage | null = null;
  try {
    last = await storePages(reader.location.assignmentPages(since, reader.signal), reader.sliceRows, async (slice) => {
      const rows = slice.flatMap((page) => page.rows);
      const news = await reader.write(async (tx) => {
        await lookForNewHolders(tx, reader.scan.uId, rows, reader.newHolders);
        return tx.staging.add(reader.scan.uId, rows);
      });
      for (const [key, count] of news) added.set(key, (added.get(key) ?? 0) + count);
      await reader.progress.tell({});
    });
  } catch (error) {
    if (isUnknownVersion(error)) return null;
    throw error;
  }
  return last === null || last.consistency === 'uncertain' ? null : last.resumeVersion;
}
