import { count } from '../quote.ts';
import type { AlertFacts, AssetCounts } from './facts.ts';
import { type Reason, reason } from './reason.ts';

interface Threshold {
  below: number | null;
  belowPercent: number | null;
  adamIds: readonly string[];
}

/** One reason per asset that is running low. Who has bought none runs low on nothing. */
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

/** Without a number of its own, a rule goes by what counts as low there. */
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
