import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { routes, type TokenRow, urlOf } from '@winesap/api';
import { count, plural, SEVERITIES, SEVERITY_WORD } from '@winesap/api/words';
import { useDeferredValue, useMemo } from 'react';
import { query } from '../data/query.ts';
import { oneOf } from '../data/search.ts';
import { useWhyNot } from '../data/why-not.ts';
import { CsvLink } from '../lists/csv-link.tsx';
import { OrganizationFilter } from '../lists/organization-filter.tsx';
import { SearchField } from '../lists/search-field.tsx';
import filtering from '../lists/severity-filter.module.css';
import { Empty } from '../parts/notes/empty.tsx';
import { SeverityMark } from '../parts/severity-mark.tsx';
import { DroppedFiles } from './dropped-files.tsx';
import { FirstSteps } from './first-steps.tsx';
import classes from './overview.module.css';
import { TokenTable } from './token-table.tsx';

/** All tokens of all organizations, worst first, and the place to renew many at once. */
export function OverviewScreen() {
  const search = useSearch({ from: '/inside/' });
  const navigate = useNavigate({ from: '/' });
  const { data } = useSuspenseQuery(query(routes.listTokens));
  const organizations = useSuspenseQuery(query(routes.listOrganizations)).data.organizations;
  const severity = oneOf(search.severity, SEVERITIES);
  const words = useDeferredValue(search.q ?? '');

  const shown = useMemo(
    () =>
      data.tokens.filter(
        (token) =>
          (severity === undefined || token.health.severity === severity) &&
          (search.organizationId === undefined || token.organizationId === search.organizationId) &&
          isFound(token, words),
      ),
    [data.tokens, severity, search.organizationId, words],
  );
  const filtered = severity !== undefined || search.organizationId !== undefined || words !== '';
  const change = (next: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <>
      <title>{data.needYou === 0 ? 'Winesap' : `(${count(data.needYou)}) Winesap`}</title>
      <div className={classes.top}>
        <div>
          <h1>{headline(data.needYou, data.tokens.length)}</h1>
          <p className="quiet">
            {plural(data.tokens.length, 'token')} in {plural(organizations.length, 'organization')}
          </p>
        </div>
        <DroppedFiles />
      </div>

      {data.tokens.length === 0 && <FirstSteps hasToken={false} />}
      {data.tokens.length === 0 ? (
        <NoTokens />
      ) : (
        <>
          <div className={filtering.filters}>
            <fieldset className={filtering.severities}>
              <legend className="unseen">Show only</legend>
              {SEVERITIES.filter((each) => each !== 'checking' || data.counts[each] > 0 || severity === each).map(
                (each) => (
                  <button
                    key={each}
                    type="button"
                    className={filtering.severity}
                    aria-pressed={severity === each}
                    onClick={() => change({ severity: severity === each ? undefined : each })}
                  >
                    <SeverityMark severity={each} />
                    {SEVERITY_WORD[each]} <b>{count(data.counts[each])}</b>
                  </button>
                ),
              )}
            </fieldset>
            <div className={classes.tools}>
              <OrganizationFilter className={filtering.select} value={search.organizationId} onChange={change} />
              <SearchField
                label="Search tokens"
                placeholder="Location, organization, Apple ID or number"
                value={search.q ?? ''}
                onChange={(q) => change({ q })}
              />
              <CsvLink href={urlOf(routes.exportTokens, {})} />
            </div>
          </div>
          {shown.length === 0 ? (
            <div className="card">
              <Empty
                title="No tokens match these filters"
                action={
                  <Link to="/" search={{}}>
                    Show all {count(data.tokens.length)}
                  </Link>
                }
              >
                A token leaves the list when its state changes.
              </Empty>
            </div>
          ) : (
            <TokenTable
              tokens={shown}
              caption={filtered ? 'Filtered tokens, worst first' : 'All tokens, worst first'}
            />
          )}
        </>
      )}
      {data.tokens.length > 0 && <FirstSteps hasToken />}
    </>
  );
}

/** People who can't add a token see who can. */
function NoTokens() {
  const why = useWhyNot(routes.addToken);
  return (
    <div className="card">
      <Empty title="No tokens yet" {...(why === null && { action: <Link to="/policies">Go to Policies</Link> })}>
        {why === null ? (
          <>
            Drop <code>.vpptoken</code> files above, or open a policy and choose Add Token. Their health then stands
            here.
          </>
        ) : (
          why
        )}
      </Empty>
    </div>
  );
}

function headline(needYou: number, all: number): string {
  if (all === 0) return 'Welcome to Winesap';
  if (needYou === 0) return all === 1 ? 'The token is healthy' : 'All tokens are healthy';
  return `${plural(needYou, 'token')} ${needYou === 1 ? 'needs' : 'need'} you`;
}

function isFound(token: TokenRow, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return true;
  return [token.locationName, token.organizationName, token.policyName, token.appleId ?? '', token.uId].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}
