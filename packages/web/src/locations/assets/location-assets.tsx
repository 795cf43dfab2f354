import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import { AssetList } from './asset-list.tsx';

const FROM = '/inside/locations/$uId/assets';

/** The same list of a location whose token was removed. */
export function LocationAssets() {
  const { uId } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/locations/$uId/assets' });
  const { data: location } = useSuspenseQuery(query(routes.getLocation, { params: { uId } }));
  return (
    <section className="stack" aria-label="Apps and Books Assets">
      <AssetList
        uId={uId}
        locationName={location.locationName}
        search={search}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false })
        }
      />
    </section>
  );
}
