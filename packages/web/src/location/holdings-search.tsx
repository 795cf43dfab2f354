import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Holding, routes, urlOf } from '@winesap/api';
import { problemOf } from '../app/api.ts';
import { holdingsQuery } from '../app/location-queries.ts';
import { AssetIcon } from '../assets/asset-icon.tsx';
import { assetName } from '../assets/asset-words.ts';
import { CsvLink } from '../parts/csv-link.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Ago } from '../parts/time.tsx';
import { some } from '../parts/words.ts';
import { userWords } from '../users/user-words.ts';
import classes from './location.module.css';

/** What does a device or user hold? By the whole serial number, or by the clientUserId of a user. */
export function HoldingsSearch({ uId }: { uId: string }) {
  const { holder = '' } = useSearch({ from: '/inside/locations/$uId/' });
  const navigate = useNavigate({ from: '/locations/$uId' });
  const wanted = holder.trim();
  const { data, error } = useQuery({ ...holdingsQuery(uId, wanted), enabled: wanted !== '' });
  return (
    <section className="card" aria-label="What does a device or user hold?">
      <header className={classes.head}>
        <h2>What does a device or user hold?</h2>
        <div className={classes.search}>
          <SearchField
            label="Search by serial number or user"
            placeholder="Whole serial number, or clientUserId"
            value={holder}
            onChange={(next) =>
              void navigate({ search: next === '' ? {} : { holder: next }, replace: true, resetScroll: false })
            }
          />
        </div>
      </header>
      <div className={classes.body} aria-live="polite">
        {wanted === '' ? (
          <p className="quiet">Every license of one device or user in this location, in one list.</p>
        ) : error !== null ? (
          <ProblemNote problem={problemOf(error)} />
        ) : data === undefined ? (
          <p className="quiet">reading…</p>
        ) : (
          <Holdings wanted={wanted} holdings={data.holdings} complete={data.complete} />
        )}
      </div>
    </section>
  );
}

function Holdings({ wanted, holdings, complete }: { wanted: string; holdings: Holding[]; complete: boolean }) {
  const first = holdings[0];
  if (first === undefined)
    return (
      <p>
        <b>Nothing is assigned to “{wanted}” here.</b>{' '}
        <span className="quiet">It may hold licenses of another location, or the number may be incomplete.</span>
      </p>
    );
  return (
    <>
      <div className={classes.held}>
        <p>
          <b>
            {first.kind === 'device' ? 'Device' : 'User'} {first.holder}
          </b>{' '}
          holds {some(holdings.length, 'license')}
          {!complete && ' and more'}
          {first.user !== null && <span className="quiet"> · {userWords(first.user)}</span>}
          {first.readAt !== null && (
            <span className="quiet">
              {' · read '}
              <Ago at={first.readAt} />
            </span>
          )}
        </p>
        <CsvLink
          href={urlOf(routes.exportHoldings, { query: { holder: wanted, uId: first.location.uId } })}
          label="Download this list as CSV"
        />
      </div>
      <ul className={classes.holdings}>
        {holdings.map((holding) => (
          <li key={`${holding.kind} ${holding.adamId} ${holding.pricingParam}`}>
            <AssetIcon asset={holding} />
            <span>
              <Link
                to="/locations/$uId/assets/$adamId/$pricingParam"
                params={{ uId: holding.location.uId, adamId: holding.adamId, pricingParam: holding.pricingParam }}
                search={{ q: holding.holder }}
              >
                {assetName(holding)}
              </Link>{' '}
              <span className="quiet small mono">{holding.adamId}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
