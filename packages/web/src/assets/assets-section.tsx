import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type AssetList, type ContentToken, routes, urlOf } from '@winesap/api';
import { useDeferredValue, useMemo } from 'react';
import { problemOf } from '../app/api.ts';
import { assetsQuery, policyQuery } from '../app/queries.ts';
import { CsvLink } from '../parts/csv-link.tsx';
import { Empty } from '../parts/empty.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { Ago } from '../parts/time.tsx';
import { count, some } from '../parts/words.ts';
import { ScanNow } from '../token/scan-now.tsx';
import { type AssetSearch, assetChoices, filterAssets, isLow } from './asset-filter.ts';
import { AssetFilters } from './asset-filters.tsx';
import { sortAssets, sortOf } from './asset-sort.ts';
import { AssetTable } from './asset-table.tsx';
import classes from './assets.module.css';
import { NoToken } from './no-token.tsx';
import { TokenNotice } from './token-notice.tsx';

const FROM = '/inside/policies/$policyId/assets';

/** Apps and Books Assets: what is owned at the location this policy uses, with counts and their age. */
export function AssetsSection() {
  const { policyId } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/policies/$policyId/assets' });
  const { data: policy } = useSuspenseQuery(policyQuery(policyId));
  const { data: list, error } = useQuery(assetsQuery(policyId, search.gone === 'true'));
  const wanted = useDeferredValue(search);
  const { token } = policy;

  const shown = useMemo(
    () => sortAssets(filterAssets(list?.assets ?? [], wanted), sortOf(wanted.sort)),
    [list, wanted],
  );
  const choices = useMemo(() => assetChoices(list?.assets ?? []), [list]);
  const low = useMemo(() => (list?.assets ?? []).filter(isLow).length, [list]);
  const change = (next: Partial<AssetSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  if (token === null) return <NoToken policy={policy} what="Assets appear" />;

  return (
    <section className="stack" aria-label="Apps and Books Assets">
      <TokenNotice policy={policy} token={token} />
      <div className={classes.head}>
        <Totals list={list} shown={shown.length} />
        <div className={classes.tools}>
          <CsvLink
            href={urlOf(routes.exportAssets, { params: { policyId }, query: { q: search.q, gone: search.gone } })}
          />
          {token.health.severity === 'ok' && <ScanNow token={token} why={policy.may.scan.reason} />}
        </div>
      </div>
      <AssetFilters search={search} choices={choices} low={low} onChange={change} />
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {list !== undefined &&
        (shown.length > 0 ? (
          <AssetTable assets={shown} sort={sortOf(wanted.sort)} onSort={(sort) => change({ sort })} />
        ) : (
          <div className="card">
            <Nothing
              list={list}
              token={token}
              onClear={() => change({ q: undefined, platform: undefined, type: undefined, low: undefined })}
            />
          </div>
        ))}
    </section>
  );
}

function Totals({ list, shown }: { list: AssetList | undefined; shown: number }) {
  if (list === undefined) return <p>reading…</p>;
  return (
    <p>
      <b>{some(list.totals.assets, 'asset')}</b>
      <span className="quiet">
        {' · '}
        {count(list.totals.assigned)} licenses assigned · {count(list.totals.available)} available
        {list.readAt !== null && (
          <>
            {' · read '}
            <Ago at={list.readAt} />
          </>
        )}
      </span>
      <span className="unseen" role="status">
        {shown !== list.assets.length && `${some(shown, 'asset')} found`}
      </span>
    </p>
  );
}

function Nothing({ list, token, onClear }: { list: AssetList; token: ContentToken; onClear: () => void }) {
  if (list.assets.length > 0)
    return (
      <Empty
        title="No asset fits these filters"
        action={
          <button type="button" className="link-button" onClick={onClear}>
            Show all {some(list.assets.length, 'asset')}
          </button>
        }
      />
    );
  if (list.readAt === null)
    return <Empty title="Not read yet">Choose Scan Now to read this location from Apple.</Empty>;
  return (
    <Empty title="This location owns nothing yet">
      Buy or get apps and books for {token.identity.locationName ?? 'it'} in Apple’s portal, then choose Scan Now.
    </Empty>
  );
}
