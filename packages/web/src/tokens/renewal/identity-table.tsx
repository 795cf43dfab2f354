import type { IdentityRow } from '@winesap/api';
import { daysLeftWords } from '@winesap/api/words';
import { fullTime, shortDate } from '../../data/times.ts';
import { useNow } from '../../parts/time.tsx';
import classes from './identity-table.module.css';

const CHANGE_WORD: Record<IdentityRow['change'], string> = {
  same: '= same',
  changed: 'changed',
  wrong: 'another location',
  'not-known': 'Apple did not say',
};

/** Stored now and new file side by side, row by row, each difference marked by a word. */
export function IdentityTable({ rows }: { rows: readonly IdentityRow[] }) {
  return (
    <table className={classes.table}>
      <caption className="unseen">The stored token and the new file compared</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">stored now</th>
          <th scope="col">new file</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field} data-change={row.change}>
            <th scope="row">{row.label}</th>
            <td data-column="stored now">
              <Value row={row} value={row.stored} />
            </td>
            <td data-column="new file" className={classes.fresh}>
              <Value row={row} value={row.fresh} />
            </td>
            <td className={classes.change}>
              {row.change === 'wrong' && <span aria-hidden>✕ </span>}
              {CHANGE_WORD[row.change]}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One fact of an identity: a number in fixed width, a date with its days, else the words as they are. */
export function Value({ row, value }: { row: Pick<IdentityRow, 'field'>; value: string | null }) {
  const now = useNow();
  if (value === null) return <span className="quiet">not known</span>;
  if (row.field === 'uId') return <span className="mono">{value}</span>;
  if (row.field === 'expiresAt' && /^\d{4}-\d{2}-\d{2}T/.test(value)) {
    const days = Math.floor((Date.parse(value) - now) / 86_400_000);
    return (
      <time dateTime={value} title={fullTime(value)}>
        {shortDate(value)} <span className="quiet">({daysLeftWords(days)})</span>
      </time>
    );
  }
  return value;
}
