import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PolicyDetail } from '@winesap/api';
import { Empty } from '../../parts/notes/empty.tsx';
import { useFocusKept } from '../../parts/use-focus-kept.ts';
import { usePolicyHere } from '../../policies/use-policy-here.ts';
import { ActionButton } from '../../windows/action-button.tsx';
import { TokenNotice } from '../notice/token-notice.tsx';
import { AddWindow } from '../renewal/add-window.tsx';
import { RenewalWindow } from '../renewal/renewal-window.tsx';
import { RenewalHelp } from '../uploads/renewal-help.tsx';
import classes from './apple-apps-section.module.css';
import { ClaimWindow } from './claim-window.tsx';
import { ExpiryDaysWindow } from './expiry-days-window.tsx';
import { History } from './history.tsx';
import { RemovalWindow } from './removal-window.tsx';
import { TokenCard } from './token-card.tsx';
import type { TokenWindow } from './token-window.ts';

/** Policies → Settings → Apple Apps: the policy's content token, its trouble, and everything done to it. */
export function AppleAppsSection() {
  const { window } = useSearch({ from: '/inside/policies/$policyId/settings/apple-apps' });
  const policy = usePolicyHere();
  const navigate = useNavigate({ from: '/policies/$policyId/settings/apple-apps' });
  const open = (name: TokenWindow) => void navigate({ search: { window: name }, resetScroll: false });
  const close = () => void navigate({ search: {}, replace: true, resetScroll: false });
  const { token } = policy;
  useFocusKept(token?.tokenId ?? null);

  return (
    <section className="stack" aria-label="Apple Apps">
      {token === null ? (
        <NoToken policy={policy} onAdd={() => open('add')} />
      ) : (
        <>
          <TokenNotice policy={policy} token={token} />
          <TokenCard
            policy={policy}
            token={token}
            onRenew={() => open('renew')}
            onRemove={() => open('remove')}
            onClaim={() => open('claim')}
            onExpiryDays={() => open('expiry-days')}
          />
          <RenewalHelp token={token} may={policy.may.renew} />
          <History tokenId={token.tokenId} />
        </>
      )}
      {window === 'add' && token === null && policy.may.add.allowed && <AddWindow policy={policy} onClose={close} />}
      {token !== null && window === 'renew' && policy.may.renew.allowed && (
        <RenewalWindow
          tokenId={token.tokenId}
          onClose={close}
          {...(policy.may.remove.allowed ? { onRemove: () => open('remove') } : {})}
        />
      )}
      {token !== null && window === 'remove' && policy.may.remove.allowed && (
        <RemovalWindow token={token} onClose={close} />
      )}
      {token !== null && window === 'claim' && policy.may.changeMode.allowed && (
        <ClaimWindow token={token} onClose={close} />
      )}
      {token !== null && window === 'expiry-days' && policy.may.renew.allowed && (
        <ExpiryDaysWindow token={token} onClose={close} />
      )}
    </section>
  );
}

function NoToken({ policy, onAdd }: { policy: PolicyDetail; onAdd: () => void }) {
  return (
    <div className={`card ${classes.none}`}>
      <Empty
        title={`${policy.name} has no content token`}
        action={
          <ActionButton why={policy.may.add.reason} aria-haspopup="dialog" onClick={onAdd}>
            Add Token
          </ActionButton>
        }
      >
        A content token opens one location at Apple with its app and book licenses. Add the <code>.vpptoken</code> file
        here, or enable token inheritance on the policy above.
      </Empty>
    </div>
  );
}
