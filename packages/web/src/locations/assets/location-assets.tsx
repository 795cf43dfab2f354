import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import { TokenNotice } from '../../tokens/notice/token-notice.tsx';
import { AssetList } from './asset-list.tsx';

const FROM = '/inside/locations/$uId/assets';

/** The same list, reached by the location: it is there even when no policy uses it any more. */
export function LocationAssets() {
  const { uId } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/locations/$uId/assets' });
  const { data: location } = useSuspenseQuery(query(routes.getLocation, { params: { uId } }));
  const { data: policy } = useQuery({
    ...query(routes.getPolicy, { params: { policyId: location.policyId ?? '' } }),
    enabled: location.policyId !== null,
  });
  return (
    <section className="stack" aria-label="Apps and Books Assets">
      {policy?.token && <TokenNotice policy={policy} token={policy.token} />}
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
