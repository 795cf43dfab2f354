import { count } from '../quote.ts';
import type { AlertFacts, AssetCounts } from './facts.ts';
import { type Reason, reason } from './reason.ts';

interface Threshold {
  below: number | null;
  belowPercent: number | null;
  adamIds: readonly string[];
}

/** Returns one reason per asset that is running low. An asset without any licenses isn't low. */
export function licenseReasons(condition: Threshold, facts: AlertFacts): Reason[] {
  return facts.assets
    .filter((asset) => isLow(condition, asset))
    .map((asset) =>
      reason(facts, {
        key: null,
        subject: `licenses:${facts.tokenId}:${asset.adamId}/${asset.pricingParam}`,
        title: titleOf(asset, facts.locationName),
        text: 'Whoever comes after the last one gets no license. Next: buy more, or release some that nobody uses.',
      }),
    );
}

/** A rule without its own number uses the threshold that applies there. */
function isLow({ below, belowPercent, adamIds }: Threshold, { adamId, available, total, low }: AssetCounts): boolean {
  if (total <= 0 || (adamIds.length > 0 && !adamIds.includes(adamId))) return false;
  if (below === null && belowPercent === null) return low;
  return (below !== null && available < below) || (belowPercent !== null && available * 100 < total * belowPercent);
}

function titleOf({ adamId, name, available, total }: AssetCounts, locationName: string): string {
  const asset = name === null ? `asset ${adamId}` : `“${name}”`;
  const left = available <= 0 ? 'No license' : `Only ${count(available, 'license')}`;
  return `${left} of ${asset} ${available === 1 || available <= 0 ? 'is' : 'are'} left at ${locationName}, of ${total}.`;
}
