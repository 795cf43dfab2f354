import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { routes, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { useMemo } from 'react';
import { problemOf } from '../../data/api.ts';
import { infinite, query } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { LongTable } from '../../lists/long-table.tsx';
import { SearchField } from '../../lists/search-field.tsx';
import { Empty } from '../../parts/notes/empty.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { OrganizationSelect } from '../../parts/organization-select.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import lists from '../assets/assets.module.css';
import { type LicenseSearch, licenseFilterOf, showsOnlyLow } from './license-filter.ts';
import classes from './licenses.module.css';
import { LOCATED_COLUMNS } from './located-columns.tsx';

const AT_ONCE = 200;

interface Props {
  search: LicenseSearch;
  onChange: (next: Partial<LicenseSearch>) => void;
}

/** Apps and books of all locations: what runs out, or what is searched for. */
export function FoundAssets({ search, onChange }: Props) {
  const filter = licenseFilterOf(search);
  const list = useInfiniteQuery(infinite(routes.findAssets, { query: { ...filter, limit: AT_ONCE } }));
  const organizations = useQuery(query(routes.listOrganizations)).data?.organizations ?? [];
  const assets = useMemo(() => list.data?.pages.flatMap((page) => page.assets) ?? [], [list.data]);
  const onlyLow = showsOnlyLow(search);

  return (
    <section className="stack" aria-label="Apps and books">
      <div className={lists.head}>
        <p role="status">
          {list.data === undefined ? 'reading…' : <b>{foundWords(assets.length, list.hasNextPage, onlyLow)}</b>}
        </p>
        <div className={lists.tools}>
          <CsvLink
            href={urlOf(routes.exportFoundAssets, { query: filter })}
            label="Download these apps and books as CSV"
          />
        </div>
      </div>
      <search aria-label="Filter apps and books" className={lists.filters}>
        <SearchField
          label="Search apps and books"
          placeholder="Name, number or bundle id"
          value={search.q ?? ''}
          onChange={(q) => onChange({ q: q || undefined, low: undefined })}
        />
        {organizations.length > 1 && (
          <OrganizationSelect
            className={classes.select ?? ''}
            organizations={organizations}
            none="All organizations"
            value={search.organizationId ?? null}
            onChange={(organizationId) => onChange({ organizationId: organizationId ?? undefined })}
          />
        )}
        <button
          type="button"
          className={lists.toggle}
          aria-pressed={onlyLow}
          onClick={() => onChange({ low: String(!onlyLow) })}
        >
          <SeverityMark severity="soon" size={12} /> <span>Low</span>
        </button>
      </search>
      {list.error !== null && <ProblemNote problem={problemOf(list.error)} />}
      {list.data !== undefined &&
        (assets.length > 0 ? (
          <LongTable
            caption="Apps and books of all locations"
            columns={LOCATED_COLUMNS}
            rows={assets}
            keyOf={({ location, adamId, pricingParam }) => `${location.uId} ${adamId} ${pricingParam}`}
            total={list.hasNextPage ? null : assets.length}
            onEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        ) : (
          <div className="card">
            <Nothing search={search} onAll={() => onChange({ low: 'false' })} />
          </div>
        ))}
    </section>
  );
}

function foundWords(found: number, more: boolean, onlyLow: boolean): string {
  if (more) return `${count(found)} and more`;
  if (!onlyLow) return `${plural(found, 'asset')} found`;
  return found === 1 ? '1 asset runs out' : `${count(found)} assets run out`;
}

function Nothing({ search, onAll }: { search: LicenseSearch; onAll: () => void }) {
  const searched = (search.q?.trim() ?? '') !== '';
  if (!showsOnlyLow(search))
    return (
      <Empty title={searched ? 'No app or book is like that' : 'Nothing was read yet'}>
        {searched
          ? 'It is looked for in the name, the number and the bundle id.'
          : 'Add a token of a location, then choose Scan Now.'}
      </Empty>
    );
  return (
    <Empty
      title={searched ? 'None of these runs out' : 'Nothing runs out'}
      action={
        <button type="button" className="link-button" onClick={onAll}>
          Show all apps and books
        </button>
      }
    >
      When licenses count as low is said on the page of an asset, or by <code>winesap licenses threshold</code>.
    </Empty>
  );
}
