import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AssetList as AssetPage, routes, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useMemo } from 'react';
import { infinite, query } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { LongList, NoMatch } from '../../lists/long-list.tsx';
import { useLongList } from '../../lists/use-long-list.ts';
import { Empty } from '../../parts/notes/empty.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { Ago } from '../../parts/time.tsx';
import { assetColumns } from './asset-columns.tsx';
import { type AssetSearch, assetFilterOf, isNarrowed } from './asset-filter.ts';
import { AssetFilters } from './asset-filters.tsx';
import { sortOf, sortText } from './asset-sort.ts';

const AT_ONCE = 200;

interface Props {
  uId: string;
  locationName: string;
  search: AssetSearch;
  onChange: (next: Partial<AssetSearch>) => void;
}

/** The apps and books of a location: searched, filtered and sorted by the server, drawn as far as they are in sight. */
export function AssetList({ uId, locationName, search, onChange }: Props) {
  const filter = assetFilterOf(search);
  const list = useLongList(
    useInfiniteQuery(infinite(routes.listLocationAssets, { params: { uId }, query: { ...filter, limit: AT_ONCE } })),
    assetsOf,
  );
  const { data: location } = useQuery(query(routes.getLocation, { params: { uId } }));
  const columns = useMemo(() => assetColumns(() => uId), [uId]);
  const { first, shown } = list;
  const found = shown === undefined ? 0 : shown.totals.assets + (filter.gone === 'true' ? shown.totals.gone : 0);
  const narrowed = isNarrowed(search);

  return (
    <LongList
      list={list}
      head={<Totals page={first} of={narrowed ? (location?.totals.assets ?? null) : null} />}
      tools={<CsvLink href={urlOf(routes.exportLocationAssets, { params: { uId }, query: filter })} />}
      filters={<AssetFilters search={search} location={location} onChange={onChange} />}
      caption="Apps and books of this location"
      columns={columns}
      keyOf={({ adamId, pricingParam }) => `${adamId} ${pricingParam}`}
      total={found}
      sort={sortOf(search.sort)}
      onSort={({ column, descending }) => onChange({ sort: sortText(sortOf(`${descending ? '-' : ''}${column}`)) })}
      quiet={({ gone }) => gone}
      empty={
        narrowed ? (
          <NoMatch
            title="No assets match these filters"
            all="Show all assets"
            onAll={() => onChange({ q: undefined, platform: undefined, type: undefined, low: undefined })}
          />
        ) : first?.readAt === null ? (
          <Empty title="Not read yet">Choose Scan Now to read this location from Apple.</Empty>
        ) : (
          <Empty title="This location owns nothing yet">
            Buy or get apps and books for {locationName} in Apple’s portal, then choose Scan Now.
          </Empty>
        )
      }
    />
  );
}

const assetsOf = ({ assets }: AssetPage) => assets;

function Totals({ page, of }: { page: AssetPage | undefined; of: number | null }) {
  if (page === undefined)
    return (
      <p>
        <WordsOnTheirWay />
      </p>
    );
  const { totals, readAt } = page;
  return (
    <p>
      <b>{of === null ? plural(totals.assets, 'asset') : `${count(totals.assets)} of ${plural(of, 'asset')}`}</b>
      <span className="quiet">
        {' · '}
        {count(totals.assigned)} licenses assigned · {count(totals.available)} available
        {readAt !== null && (
          <>
            {' · read '}
            <Ago at={readAt} />
          </>
        )}
      </span>
      <span className="unseen" role="status">
        {of !== null && `${plural(totals.assets, 'asset')} found`}
      </span>
    </p>
  );
}
