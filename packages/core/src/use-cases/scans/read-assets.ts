import { assetKey, type KnownAsset } from '../../domain/licenses/asset.ts';
import type { AssetReading } from '../../domain/licenses/reading.ts';
import type { Reader } from './reader.ts';

/**
 * The assets of one version. A list that contradicts itself, or lacks an asset that is stored, is read again at once; the
 * second one counts.
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
    // One that is missing already was asked for then.
    stored.some((asset) => asset.discrepancy?.about !== 'missing' && !listed.has(assetKey(asset)))
  );
}
