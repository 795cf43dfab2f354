import type { Asset } from '@winesap/api';
import { useState } from 'react';
import { count } from '../parts/words.ts';
import { type AssetColumn, type AssetSort, sortText } from './asset-sort.ts';
import classes from './asset-table.module.css';

interface Props {
  assets: readonly Asset[];
  sort: AssetSort;
  onSort: (sort: string) => void;
}

const AT_ONCE = 300;
const HEADS: readonly { column: AssetColumn; label: string; numeric: boolean }[] = [
  { column: 'name', label: 'name', numeric: false },
  { column: 'adamId', label: 'number', numeric: false },
  { column: 'total', label: 'total', numeric: true },
  { column: 'assigned', label: 'assigned', numeric: true },
  { column: 'available', label: 'available', numeric: true },
  { column: 'retired', label: 'retired', numeric: true },
];

/** Apps and books with their four counts. Unlimited is a word; nothing available is said in red only when it matters. */
export function AssetTable({ assets, sort, onSort }: Props) {
  const [limit, setLimit] = useState(AT_ONCE);
  const press = (column: AssetColumn, numeric: boolean) =>
    // Counts are looked at from the biggest, names from the first letter.
    onSort(sortText({ column, descending: sort.column === column ? !sort.descending : numeric }));
  return (
    <div>
      <label className={classes.sort}>
        sorted by
        <select value={sortText(sort)} onChange={(event) => onSort(event.currentTarget.value)}>
          {HEADS.flatMap(({ column, label, numeric }) =>
            [numeric, !numeric].map((descending) => (
              <option key={`${column} ${descending}`} value={sortText({ column, descending })}>
                {label} {descending ? '↓' : '↑'}
              </option>
            )),
          )}
        </select>
      </label>
      <table className={classes.table}>
        <caption className="unseen">Apps and books of this location</caption>
        <thead>
          <tr>
            {HEADS.map(({ column, label, numeric }) => (
              <th
                key={column}
                scope="col"
                className={numeric ? 'num' : undefined}
                aria-sort={sort.column === column ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" onClick={() => press(column, numeric)}>
                  {!numeric && label}
                  <span className={classes.arrow} data-before={numeric || undefined} aria-hidden>
                    {sort.column === column ? (sort.descending ? '↓' : '↑') : ''}
                  </span>
                  {numeric && label}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {assets.slice(0, limit).map((asset) => (
            <Row key={`${asset.adamId} ${asset.pricingParam}`} asset={asset} />
          ))}
        </tbody>
      </table>
      {assets.length > limit && (
        <button type="button" className="link-button" onClick={() => setLimit(limit + AT_ONCE)}>
          Show {count(Math.min(AT_ONCE, assets.length - limit))} more of {count(assets.length - limit)}
        </button>
      )}
    </div>
  );
}

function Row({ asset }: { asset: Asset }) {
  return (
    <tr data-gone={asset.gone || undefined}>
      <th scope="row" className={classes.name}>
        <Icon asset={asset} />
        <span className={classes.words}>
          <span>{asset.name ?? `Number ${asset.adamId}`}</span>
          <span className={classes.about}>
            {[asset.productType, ...asset.platforms].join(' · ')}
            {asset.pricingParam !== 'STDQ' && ` · ${asset.pricingParam}`}
            {!asset.deviceAssignable && ' · users only'}
            {!asset.revocable && ' · not revocable'}
            {asset.gone && ' · gone from Apple’s list'}
          </span>
        </span>
      </th>
      <td className={`${classes.number} mono`}>{asset.adamId}</td>
      <Count label="total" value={asset.unlimited ? 'unlimited' : asset.total} />
      <Count label="assigned" value={asset.assigned} />
      <Count label="available" value={asset.unlimited ? 'unlimited' : asset.available} low={asset.available === 0} />
      <Count label="retired" value={asset.retired} />
    </tr>
  );
}

function Count({ label, value, low = false }: { label: string; value: number | 'unlimited' | null; low?: boolean }) {
  return (
    <td className="num" data-label={label}>
      {value === null ? (
        <span className="quiet">–</span>
      ) : value === 'unlimited' ? (
        'unlimited'
      ) : low ? (
        <b className={classes.none}>none</b>
      ) : (
        <span className={value === 0 ? 'quiet' : undefined}>{count(value)}</span>
      )}
    </td>
  );
}

/** The store's picture, or the first letter in its place: the row keeps its height either way. */
function Icon({ asset }: { asset: Asset }) {
  const [missing, setMissing] = useState(asset.iconUrl === null);
  return (
    <span className={classes.icon} data-book={asset.productType === 'Book' || undefined} aria-hidden>
      {missing || asset.iconUrl === null ? (
        (asset.name ?? '#').slice(0, 1)
      ) : (
        <img src={asset.iconUrl} alt="" width={36} height={36} loading="lazy" onError={() => setMissing(true)} />
      )}
    </span>
  );
}
