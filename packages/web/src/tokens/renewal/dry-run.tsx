import type { AssetChange, RenewalPreview } from '@winesap/api';
import { count, dryRunWords } from '@winesap/api/words';
import { Ago } from '../../parts/time.tsx';
import classes from './dry-run.module.css';

const KIND_WORD: Record<AssetChange['kind'], string> = { new: 'new', gone: 'gone', changed: 'changed' };

/** What the first scan with the new file will find, told before anything is stored. */
export function DryRun({ dryRun }: { dryRun: NonNullable<RenewalPreview['dryRun']> }) {
  const { added, gone, changed, changes } = dryRun;
  const total = added + gone + changed;
  const readAt = dryRun.readAt !== null && (
    <span className="quiet">
      {' '}
      compared with what was read <Ago at={dryRun.readAt} />
    </span>
  );

  const doubt = dryRun.discrepancy !== null && (
    <span className="quiet"> {dryRun.discrepancy} What it leaves out isn’t taken for gone.</span>
  );
  if (changes.length === 0)
    return (
      <p>
        <b>Licenses:</b> {dryRunWords(dryRun)}
        {readAt}
        {doubt}
      </p>
    );
  return (
    <details className={classes.details}>
      <summary>
        <b>Licenses:</b> {dryRunWords(dryRun)}
        {readAt}
        {doubt}
      </summary>
      <table className={classes.table}>
        <caption className="unseen">Assets that differ from what is stored</caption>
        <thead>
          <tr>
            <th scope="col">asset</th>
            <th scope="col">difference</th>
            <th scope="col" className="num">
              total
            </th>
            <th scope="col" className="num">
              assigned
            </th>
            <th scope="col" className="num">
              available
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={`${change.adamId} ${change.pricingParam}`}>
              <th scope="row">{change.name ?? <span className="mono">{change.adamId}</span>}</th>
              <td>{KIND_WORD[change.kind]}</td>
              {(['total', 'assigned', 'available'] as const).map((column) => (
                <td key={column} className="num">
                  <FromTo from={change.stored?.[column]} to={change.fresh?.[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length < total && (
        <p className="quiet small">
          The first {count(changes.length)} of {count(total)}.
        </p>
      )}
    </details>
  );
}

function FromTo({ from, to }: { from: number | null | undefined; to: number | null | undefined }) {
  if (from === undefined || to === undefined || from === to) return count(to ?? from ?? null);
  return (
    <>
      <span className="quiet">{count(from)} → </span>
      {count(to)}
    </>
  );
}
