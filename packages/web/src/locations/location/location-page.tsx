import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import { Ago } from '../../parts/time.tsx';
import { TokenNotice } from '../../tokens/notice/token-notice.tsx';
import { HoldingsSearch } from './holdings-search.tsx';
import { LocationFacts } from './location-facts.tsx';
import { Notifications } from './notifications.tsx';
import { ScanList } from './scan-list.tsx';

/** A location: who it is, whether it is read as it should be, and what somebody in it holds. */
export function LocationPage() {
  const { uId } = useParams({ from: '/inside/locations/$uId/' });
  const { data: location } = useSuspenseQuery(query(routes.getLocation, { params: { uId } }));
  const { data: policy } = useQuery({
    ...query(routes.getPolicy, { params: { policyId: location.policyId ?? '' } }),
    enabled: location.policyId !== null,
  });
  const token = policy?.token ?? null;
  return (
    <div className="stack">
      {location.tokenId === null && (
        <p className="quiet">
          The token of this location was removed. What was read of it
          {location.readAt !== null && (
            <>
              , last <Ago at={location.readAt} />,
            </>
          )}{' '}
          is kept.
        </p>
      )}
      {policy !== undefined && token !== null && <TokenNotice policy={policy} token={token} />}
      <LocationFacts location={location} policy={policy ?? null} token={token} />
      <HoldingsSearch uId={uId} />
      {location.tokenId !== null && (
        <>
          <Notifications uId={uId} tokenId={location.tokenId} />
          <ScanList tokenId={location.tokenId} />
        </>
      )}
    </div>
  );
}
