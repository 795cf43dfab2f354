import { assetKey, type KnownAsset } from '../../domain/licenses/asset.ts';
import type { AssetReading } from '../../domain/licenses/reading.ts';
import type { Reader } from './reader.ts';

/**
 * Reads the assets of one version. A list that contradicts itself, or lacks a stored asset, is read again immediately;
 * the second one counts.
 */
export async function readAssets(
  { location, progress, signal }: Pick<Reader, 'location' | 'progress' | 'signal'>,
  stored: readonly KnownAsset[],
  first: AssetReading | null = null,
): Promise<AssetReading> {
  const notify = (done: number, expected: number | null) =>
    progress.report({ assetsDone: done, assetsTotal: expected });
  const read = () => location.assets('patient', notify, signal);
  const fresh = first ?? (await read());
  return isDubious(fresh, stored) ? read() : fresh;
}

function isDubious({ assets, evidence }: AssetReading, stored: readonly KnownAsset[]): boolean {
  const listed = new Set(assets.map(assetKey));
  return (
    evidence.kind === 'contradicts' ||
    // An asset that is already missing was read again back then.
    stored.some((asset) => asset.discrepancy?.about !== 'missing' && !listed.has(assetKey(asset)))
  );
}
