import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { routes, urlOf } from '@winesap/api';
import { useDeferredValue, useMemo } from 'react';
import { problemOf } from '../app/api.ts';
import { assetsQuery, policyQuery } from '../app/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Ago } from '../parts/time.tsx';
import { count, some } from '../parts/words.ts';
import { HealthBox } from '../token/health-box.tsx';
import { ScanNow } from '../token/scan-now.tsx';
import { ScanProgress } from '../token/scan-progress.tsx';
import { isScanning } from '../token/scan-words.ts';
import { sortAssets, sortOf } from './asset-sort.ts';
import { AssetTable } from './asset-table.tsx';
import classes from './assets.module.css';

const FROM = '/inside/policies/$policyId/assets';

/** Apps and Books Assets: what is owned at the location this policy uses, with counts and their age. */
export function AssetsSection() {
  const { policyId } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/policies/$policyId/assets' });
  const { data: policy } = useSuspenseQuery(policyQuery(policyId));
  const { data: list, error } = useQuery(assetsQuery(policyId, search.gone === 'true'));
  const words = useDeferredValue(search.q ?? '');
  const sort = sortOf(search.sort);
  const { token } = policy;

  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    const found = (list?.assets ?? []).filter(
      (asset) => wanted === '' || `${asset.name ?? ''} ${asset.adamId}`.toLowerCase().includes(wanted),
    );
    return sortAssets(found, sort);
  }, [list, words, sort]);
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  if (token === null)
    return (
      <div className="card">
        <Empty
          title={`${policy.name} has no content token`}
          action={
            <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId }}>
              Settings → Apple Apps
            </Link>
          }
        >
          Assets appear here once the policy has a token, its own or an inherited one.
        </Empty>
      </div>
    );

  return (
    <section className="stack" aria-label="Apps and Books Assets">
      {!isScanning(token.scan) && (
        <HealthBox token={token}>
          {token.health.nextStep.kind === 'renew' && (
            <Link
              to="/policies/$policyId/settings/apple-apps"
              params={{ policyId }}
              search={{ window: 'renew' }}
              className={classes.renew}
            >
              Renew
            </Link>
          )}
          {token.health.nextStep.kind === 'decide-claim' && (
            <Link
              to="/policies/$policyId/settings/apple-apps"
              params={{ policyId }}
              search={{ window: 'claim' }}
              className={classes.renew}
            >
              Decide
            </Link>
          )}
          <ScanNow token={token} why={policy.may.scan.reason} />
        </HealthBox>
      )}
      <ScanProgress key={token.tokenId} token={token} />
      <div className={classes.head}>
        <p>
          {list === undefined ? (
            'reading…'
          ) : (
            <>
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
            </>
          )}
        </p>
        <div className={classes.tools}>
          <SearchField
            label="Search assets"
            placeholder="Name or number"
            value={search.q ?? ''}
            onChange={(q) => change({ q })}
          />
          <label className={classes.gone}>
            <input
              type="checkbox"
              checked={search.gone === 'true'}
              onChange={(event) => change({ gone: event.currentTarget.checked ? 'true' : undefined })}
            />
            also gone ones
          </label>
          <a
            href={urlOf(routes.exportAssets, {
              params: { policyId },
              query: { q: search.q, gone: search.gone },
            })}
            download
          >
            CSV
          </a>
          {token.health.severity === 'ok' && <ScanNow token={token} why={policy.may.scan.reason} />}
        </div>
      </div>
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {list !== undefined &&
        (shown.length > 0 ? (
          <AssetTable assets={shown} sort={sort} onSort={(next) => change({ sort: next })} />
        ) : (
          <div className="card">
            {list.assets.length > 0 ? (
              <Empty title="No asset has this in its name or number" />
            ) : list.readAt === null ? (
              <Empty title="Not read yet">Choose Scan Now to read this location from Apple.</Empty>
            ) : (
              <Empty title="This location owns nothing yet">
                Buy or get apps and books for {token.identity.locationName ?? 'it'} in Apple’s portal, then choose Scan
                Now.
              </Empty>
            )}
          </div>
        ))}
    </section>
  );
}
