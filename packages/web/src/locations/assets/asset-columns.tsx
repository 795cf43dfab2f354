import { Link } from '@tanstack/react-router';
import type { Asset } from '@winesap/api';
import type { Column } from '../../lists/long-table.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './asset-columns.module.css';
import { AssetIcon } from './asset-icon.tsx';
import type { AssetColumn } from './asset-sort.ts';
import { assetName, assetTraits } from './asset-words.ts';
import { AvailableCount, Count } from './counts.tsx';

/** The facts of an asset in the order they stand in everywhere: who it is, its four counts, and their age. */
export function assetColumns<A extends Asset>(uIdOf: (asset: A) => string): (Column<A> & { id: AssetColumn })[] {
  return [
    {
      id: 'name',
      label: 'name',
      sortable: true,
      names: true,
      cell: (asset, reach) => (
        <span className={classes.name}>
          <AssetIcon asset={asset} />
          <span className={classes.words}>
            <Link
              to="/locations/$uId/assets/$adamId/$pricingParam"
              params={{ uId: uIdOf(asset), adamId: asset.adamId, pricingParam: asset.pricingParam }}
              className={classes.link}
              {...reach}
            >
              {assetName(asset)}
            </Link>
            <span className={classes.about}>{assetTraits(asset).join(' · ')}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'adamId',
      label: 'number',
      width: '116px',
      sortable: true,
      span: true,
      cell: ({ adamId }) => <span className={`${classes.number} mono`}>{adamId}</span>,
    },
    {
      ...counted('total'),
      width: '92px',
      cell: (asset) => <Count value={asset.unlimited ? 'unlimited' : asset.total} />,
    },
    { ...counted('assigned'), width: '92px', cell: ({ assigned }) => <Count value={assigned} /> },
    { ...counted('available'), width: '104px', cell: (asset) => <AvailableCount asset={asset} /> },
    {
      ...counted('retired'),
      width: '82px',
      cell: ({ unlimited, retired }) => <Count value={unlimited ? 'none' : retired} />,
    },
    {
      id: 'readAt',
      label: 'read',
      sortable: true,
      numeric: true,
      width: '140px',
      cell: ({ readAt }) => (
        <span className="quiet">
          <Ago at={readAt} short />
        </span>
      ),
    },
  ];
}

const counted = <Id extends AssetColumn>(id: Id) => ({ id, label: id, numeric: true, sortable: true }) as const;
