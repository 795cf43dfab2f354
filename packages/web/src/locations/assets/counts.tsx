import type { Asset } from '@winesap/api';
import { count } from '@winesap/api/words';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import classes from './counts.module.css';

/** A count of licenses. Unlimited is a word, and so is what Apple didn't say; a dash where there is nothing to count. */
export function Count({ value }: { value: number | 'unlimited' | 'none' | null }) {
  if (value === 'none') return <span className="quiet">–</span>;
  if (value === null) return <span className="quiet">unknown</span>;
  if (value === 'unlimited') return 'unlimited';
  return <span className={value === 0 ? 'quiet' : undefined}>{count(value)}</span>;
}

/** What is left to assign; a half disc and a word where that is few. */
export function AvailableCount({ asset }: { asset: Asset }) {
  if (asset.unlimited || !asset.low.isLow) return <Count value={asset.unlimited ? 'unlimited' : asset.available} />;
  return (
    <span className={classes.low}>
      <SeverityMark severity="soon" size={12} />
      <b>{asset.available === 0 ? 'none' : `${count(asset.available ?? 0)} low`}</b>
    </span>
  );
}
