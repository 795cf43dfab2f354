import type { Asset } from '@winesap/api';
import { LongTable } from '../parts/long-table.tsx';
import { assetColumns } from './asset-columns.tsx';
import { type AssetSort, sortOf, sortText } from './asset-sort.ts';

interface Props {
  assets: readonly Asset[];
  sort: AssetSort;
  onSort: (sort: string) => void;
}

const COLUMNS = assetColumns();

/** Apps and books with their four counts and how old those are. */
export function AssetTable({ assets, sort, onSort }: Props) {
  return (
    <LongTable
      caption="Apps and books of this location"
      columns={COLUMNS}
      rows={assets}
      keyOf={({ adamId, pricingParam }) => `${adamId} ${pricingParam}`}
      total={assets.length}
      sort={sort}
      onSort={({ column, descending }) => onSort(sortText(sortOf(`${descending ? '-' : ''}${column}`)))}
      quiet={({ gone }) => gone}
    />
  );
}
