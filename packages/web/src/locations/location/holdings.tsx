import { Link } from '@tanstack/react-router';
import { type Holding, routes, urlOf } from '@winesap/api';
import { plural } from '@winesap/api/words';
import { CsvLink } from '../../lists/csv-link.tsx';
import { Ago } from '../../parts/time.tsx';
import { AssetIcon } from '../assets/asset-icon.tsx';
import { assetName } from '../assets/asset-words.ts';
import { userWords } from '../users/user-words.ts';
import classes from './holdings.module.css';

interface Props {
  wanted: string;
  holdings: readonly Holding[];
  complete: boolean;
  /** Null: in all locations, one after the other. */
  uId: string | null;
}

/** Every license of one device or user. */
export function Holdings({ wanted, holdings, complete, uId }: Props) {
  const first = holdings[0];
  if (first === undefined)
    return (
      <p>
        <b>
          Nothing is assigned to “{wanted}” {uId === null ? 'anywhere' : 'here'}.
        </b>{' '}
        <span className="quiet">
          {uId === null
            ? 'The number may be incomplete.'
            : 'It may hold licenses of another location, or the number may be incomplete.'}
        </span>
      </p>
    );
  return (
    <>
      <div className={classes.head}>
        <p>
          <b>
            {first.kind === 'device' ? 'Device' : 'User'} {first.holder}
          </b>{' '}
          holds {plural(holdings.length, 'license')}
          {!complete && ' and more'}
          {first.user !== null && <span className="quiet"> · {userWords(first.user)}</span>}
          {uId !== null && first.readAt !== null && (
            <span className="quiet">
              {' · read '}
              <Ago at={first.readAt} />
            </span>
          )}
        </p>
        <CsvLink
          href={urlOf(routes.exportHoldings, { query: { holder: wanted, ...(uId !== null && { uId }) } })}
          label="Download these licenses as CSV"
        />
      </div>
      {uId === null ? (
        byLocation(holdings).map(({ location, readAt, here }) => (
          <section key={location.uId} className={classes.place} aria-label={location.locationName}>
            <h3>
              <Link to="/locations/$uId" params={{ uId: location.uId }} search={{ holder: first.holder }}>
                {location.locationName}
              </Link>
              <span className="quiet">
                {location.organizationName !== null && ` · ${location.organizationName}`}
                {readAt !== null && (
                  <>
                    {' · read '}
                    <Ago at={readAt} />
                  </>
                )}
              </span>
            </h3>
            <List holdings={here} />
          </section>
        ))
      ) : (
        <List holdings={holdings} />
      )}
    </>
  );
}

function List({ holdings }: { holdings: readonly Holding[] }) {
  return (
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
  );
}

function byLocation(holdings: readonly Holding[]) {
  const places = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const here = places.get(holding.location.uId);
    if (here === undefined) places.set(holding.location.uId, [holding]);
    else here.push(holding);
  }
  return [...places.values()].flatMap((here) =>
    here[0] === undefined ? [] : [{ location: here[0].location, readAt: here[0].readAt, here }],
  );
}
