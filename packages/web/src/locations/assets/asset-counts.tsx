import { type Asset, type AssetDay, routes } from '@winesap/api';
import { count, THRESHOLD_SOURCE_WORD, thresholdWords } from '@winesap/api/words';
import { useState } from 'react';
import { shortDateTime } from '../../data/times.ts';
import { useWhyNot } from '../../data/why-not.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { dayWords } from '../asset/history-points.ts';
import { ThresholdWindow } from '../asset/threshold-window.tsx';
import classes from './asset-counts.module.css';
import { discrepancyWords } from './asset-words.ts';

interface Props {
  uId: string;
  asset: Asset;
  /** The day that is looked back at. */
  asOf: string | null;
  /** What was so on it; null while it is read, and when nothing is known of it. */
  then: AssetDay | null;
}

const COUNTS = ['total', 'assigned', 'available', 'retired'] as const;

/** The four counts, large, with those of a past day below them; and when this asset counts as low. */
export function AssetCounts({ uId, asset, asOf, then }: Props) {
  const why = useWhyNot(routes.setThreshold);
  const [editing, setEditing] = useState(false);
  const { low } = asset;
  return (
    <section className={`card ${classes.card}`} aria-label="Counts">
      <dl className={classes.counts}>
        {COUNTS.map((each) => (
          <div key={each} data-low={(each === 'available' && low.isLow) || undefined}>
            <dt>{each}</dt>
            <dd>
              <span className={classes.number}>{wordOf(asset, each)}</span>
              {asOf !== null && (
                <span className={classes.then}>
                  {then === null ? 'not known' : wordOf(then, each)} on {dayWords(asOf)}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {asset.discrepancy !== null && !asset.gone && (
        <p className={classes.low}>
          <SeverityMark severity="unknown" /> <b>In question</b> since {shortDateTime(asset.discrepancy.since)}.{' '}
          <span className="quiet">
            {discrepancyWords(asset.discrepancy)} The known numbers stay until Apple’s answers agree; Winesap asks again
            by itself.
          </span>
        </p>
      )}
      <p className={classes.low}>
        {low.isLow && (
          <b className={classes.is}>
            <SeverityMark severity="soon" /> Low
            {low.since !== null && (
              <>
                {' '}
                since <Ago at={low.since} />
              </>
            )}
            .{' '}
          </b>
        )}
        {asset.unlimited ? (
          <span className="quiet">Unlimited: never low.</span>
        ) : (
          <>
            <span className="quiet">
              {low.threshold.unit === 'never' ? 'Never low' : `Low when ${thresholdWords(low.threshold)}`},{' '}
              {THRESHOLD_SOURCE_WORD[low.from]}.
            </span>{' '}
            <ActionButton
              variant="subtle"
              size="compact-sm"
              why={why}
              aria-haspopup="dialog"
              aria-label="Change when this asset is low"
              onClick={() => setEditing(true)}
            >
              Change
            </ActionButton>
          </>
        )}
      </p>
      {editing && <ThresholdWindow uId={uId} asset={asset} onClose={() => setEditing(false)} />}
    </section>
  );
}

function wordOf(counts: Pick<Asset, (typeof COUNTS)[number] | 'unlimited'>, name: (typeof COUNTS)[number]): string {
  const value = counts[name];
  if (counts.unlimited && (name === 'total' || name === 'available')) return 'unlimited';
  return value === null && counts.unlimited ? '–' : count(value);
}
