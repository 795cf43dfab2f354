import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { assetQuery } from '../../data/queries.ts';
import page from '../../parts/page-head.module.css';
import { Ago } from '../../parts/time.tsx';
import { AssetCounts } from '../assets/asset-counts.tsx';
import { AssetIcon } from '../assets/asset-icon.tsx';
import { assetName, assetTraits } from '../assets/asset-words.ts';
import { LocationPath } from '../location/location-path.tsx';
import classes from './asset-screen.module.css';
import type { AssetScreenSearch } from './asset-screen-search.ts';
import { HistoryFigure } from './history-figure.tsx';
import { dayOf } from './history-points.ts';
import { Holders } from './holders.tsx';

const FROM = '/inside/locations/$uId/assets/$adamId/$pricingParam';

/** An app or book of a location: its counts now and before, and everybody who holds a license of it. */
export function AssetScreen() {
  const key = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/locations/$uId/assets/$adamId/$pricingParam' });
  const asOf = dayOf(search.asOf);
  const { data: now } = useSuspenseQuery(assetQuery(key, undefined));
  const { data: then } = useQuery({ ...assetQuery(key, asOf ?? undefined), enabled: asOf !== null });
  const { location, asset } = now;
  const name = assetName(asset);
  const change = (next: Partial<AssetScreenSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });

  return (
    <div className="stack">
      <title>{`${name} · ${location.locationName} · Winesap`}</title>
      <div>
        <LocationPath location={location}>
          <span>
            <span aria-hidden>/ </span>
            <Link to="/locations/$uId" params={{ uId: key.uId }}>
              {location.locationName}
            </Link>
          </span>
          <span>
            <span aria-hidden>/ </span>
            <Link to="/locations/$uId/assets" params={{ uId: key.uId }}>
              Apps and Books Assets
            </Link>
          </span>
        </LocationPath>
        <div className={`${page.title} ${classes.head}`}>
          <AssetIcon asset={asset} />
          <div>
            <h1>{name}</h1>
            <p className="quiet">
              {[asset.adamId, ...assetTraits(asset)].join(' · ')}
              {asset.bundleId !== null && <> · {asset.bundleId}</>}
            </p>
          </div>
          <p className={`${classes.read} quiet`}>
            read <Ago at={asset.readAt} />
          </p>
        </div>
      </div>
      <AssetCounts uId={key.uId} asset={asset} asOf={asOf} then={asOf === null ? null : (then?.asOf ?? null)} />
      <HistoryFigure assetKey={key} asset={asset} search={search} asOf={asOf} onChange={change} />
      <Holders assetKey={key} detail={now} search={search} onChange={change} />
    </div>
  );
}
