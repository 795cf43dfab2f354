import { useInfiniteQuery } from '@tanstack/react-query';
import { type ResponseOf, routes, urlOf } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { infinite } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import lists from '../../lists/long-list.module.css';
import { LongList, NoMatch } from '../../lists/long-list.tsx';
import { OrganizationFilter } from '../../lists/organization-filter.tsx';
import { SearchField } from '../../lists/search-field.tsx';
import { useLongList } from '../../lists/use-long-list.ts';
import { Empty } from '../../parts/notes/empty.tsx';
import { WordsOnTheirWay } from '../../parts/on-its-way.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
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
  const list = useLongList(
    useInfiniteQuery(infinite(routes.findAssets, { query: { ...filter, limit: AT_ONCE } })),
    assetsOf,
  );
  const onlyLow = showsOnlyLow(search);

  return (
    <section className="stack" aria-label="Apps and books">
      <LongList
        list={list}
        head={
          <p role="status">
            {list.first === undefined ? (
              <WordsOnTheirWay what="Searching" />
            ) : (
              <b>{foundWords(list.rows.length, list.hasMore, onlyLow)}</b>
            )}
          </p>
        }
        tools={
          <CsvLink
            href={urlOf(routes.exportFoundAssets, { query: filter })}
            label="Download these apps and books as CSV"
          />
        }
        filters={
          <search aria-label="Filter apps and books" className={`row ${lists.filters}`}>
            <SearchField
              label="Search apps and books"
              placeholder="Name, number or bundle id"
              value={search.q ?? ''}
              onChange={(q) => onChange({ q: q || undefined, low: undefined })}
            />
            <OrganizationFilter className={classes.select} value={search.organizationId} onChange={onChange} />
            <button
              type="button"
              className={`control ${lists.toggle}`}
              aria-pressed={onlyLow}
              onClick={() => onChange({ low: String(!onlyLow) })}
            >
              <SeverityMark severity="soon" size={12} /> <span>Low</span>
            </button>
          </search>
        }
        caption="Apps and books of all locations"
        columns={LOCATED_COLUMNS}
        keyOf={({ location, adamId, pricingParam }) => `${location.uId} ${adamId} ${pricingParam}`}
        total={list.hasMore ? null : list.rows.length}
        empty={<Nothing search={search} onAll={() => onChange({ low: 'false' })} />}
      />
    </section>
  );
}

const assetsOf = ({ assets }: ResponseOf<typeof routes.findAssets>) => assets;

function foundWords(found: number, more: boolean, onlyLow: boolean): string {
  if (more) return `${count(found)} and more`;
  if (!onlyLow) return `${plural(found, 'asset')} found`;
  return found === 1 ? '1 asset is low' : `${count(found)} assets are low`;
}

function Nothing({ search, onAll }: { search: LicenseSearch; onAll: () => void }) {
  const searched = (search.q?.trim() ?? '') !== '';
  if (!showsOnlyLow(search))
    return (
      <Empty title={searched ? 'No matching apps or books' : 'Nothing was read yet'}>
        {searched
          ? 'The search looks in the name, the number, and the bundle id.'
          : 'Add a token of a location, then choose Scan Now.'}
      </Empty>
    );
  return (
    <NoMatch
      title={searched ? 'None of these is low on licenses' : 'Nothing is low on licenses'}
      all="Show all apps and books"
      onAll={onAll}
    >
      You set when licenses count as low on the page of an asset, or with <code>winesap licenses threshold</code>.
    </NoMatch>
  );
}
