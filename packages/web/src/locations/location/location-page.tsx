import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import { Ago } from '../../parts/time.tsx';
import { usePolicyHere } from '../../policies/use-policy-here.ts';
import { TokenNotice } from '../../tokens/notice/token-notice.tsx';
import { NoToken } from '../assets/no-token.tsx';
import { HoldingsSearch } from './holdings-search.tsx';
import { LocationFacts } from './location-facts.tsx';
import { Notifications } from './notifications.tsx';
import { ScanList } from './scan-list.tsx';

/** The location of a token, beside the policy's other sections. */
export function LocationSection() {
  const policy = usePolicyHere();
  if (policy.token === null) return <NoToken policy={policy} what="The location appears" />;
  return <LocationParts uId={policy.token.identity.uId} />;
}

/** A location without a token, by its own address. */
export function LocationPage() {
  const { uId } = useParams({ from: '/inside/locations/$uId' });
  return <LocationParts uId={uId} />;
}

/** A location: who it is, whether it is read as it should be, and what somebody in it holds. */
function LocationParts({ uId }: { uId: string }) {
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
