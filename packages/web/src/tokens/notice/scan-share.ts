import type { Scan } from '@winesap/api';

/** Assets are few and quickly read; the bar is mostly about assignments. */
const ASSETS_SHARE = 0.1;

/** Between 0 and 1, never falling as totals become known; nothing until Apple has said how many assets there are. */
export function shareDone({ assets, assignments }: Scan): number | null {
  if (assets.total === null) return null;
  return ASSETS_SHARE * partDone(assets) + (1 - ASSETS_SHARE) * partDone(assignments);
}

function partDone({ done, total }: Scan['assets']): number {
  if (total === null) return 0;
  return total === 0 ? 1 : Math.min(1, done / total);
}
