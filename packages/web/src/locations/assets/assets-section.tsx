import { useNavigate, useSearch } from '@tanstack/react-router';
import { usePolicyHere } from '../../policies/use-policy-here.ts';
import { TokenNotice } from '../../tokens/notice/token-notice.tsx';
import { AssetList } from './asset-list.tsx';
import { NoToken } from './no-token.tsx';

const FROM = '/inside/policies/$policyId/assets';

/** Apps and Books Assets: what is owned at the location this policy uses, with counts and their age. */
export function AssetsSection() {
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/policies/$policyId/assets' });
  const policy = usePolicyHere();
  const { token } = policy;
  if (token === null) return <NoToken policy={policy} what="Assets appear" />;
  const { uId, locationName } = token.identity;

  return (
    <section className="stack" aria-label="Apps and Books Assets">
      <TokenNotice policy={policy} token={token} />
      <AssetList
        uId={uId}
        locationName={locationName ?? 'it'}
        search={search}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false })
        }
      />
    </section>
  );
}
