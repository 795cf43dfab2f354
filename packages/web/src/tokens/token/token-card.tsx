import { Link } from '@tanstack/react-router';
import type { ContentToken, PolicyDetail } from '@winesap/api';
import { count, daysLeftWords, plural } from '@winesap/api/words';
import { fullTime, shortDate } from '../../data/times.ts';
import { Fact, Facts } from '../../parts/facts.tsx';
import { SeverityLabel } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { InheritanceBox } from './inheritance-box.tsx';
import classes from './token-card.module.css';

interface Props {
  policy: PolicyDetail;
  token: ContentToken;
  onRenew: () => void;
  onRemove: () => void;
  onClaim: () => void;
  onExpiryDays: () => void;
}

const KIND = { business: 'Apple Business', school: 'Apple School' } as const;

/** Who the token belongs to, how long it lives, when it was last read, and the buttons. */
export function TokenCard({ policy, token, onRenew, onRemove, onClaim, onExpiryDays }: Props) {
  const { identity, health } = token;
  return (
    <section className={`card ${classes.card}`} aria-label="Content token">
      <header className={classes.head}>
        <div className={classes.name}>
          <h2>{identity.locationName ?? 'Location without a name'}</h2>
          <SeverityLabel severity={health.severity} label={health.label} />
        </div>
      </header>

      <Facts>
        <Fact term="Identification number">
          <span className="mono">{identity.uId}</span>
        </Fact>
        <Fact term="Organization">{identity.organizationName ?? <NotSaid />}</Fact>
        <Fact term="Apple ID">{identity.appleId ?? <NotSaid />}</Fact>
        <Fact term="Country">
          {identity.country ?? <NotSaid />}
          {identity.kind !== null && <span className="quiet"> · {KIND[identity.kind]}</span>}
        </Fact>
        <Fact term="Expires">
          {identity.expiresAt === null ? (
            <NotSaid />
          ) : (
            <>
              <time dateTime={identity.expiresAt} title={fullTime(identity.expiresAt)}>
                {shortDate(identity.expiresAt)}
              </time>
              {token.daysLeft !== null && (
                <>
                  <span className="quiet"> ({daysLeftWords(token.daysLeft)})</span>
                  <LifeLeft daysLeft={token.daysLeft} />
                </>
              )}
            </>
          )}
        </Fact>
        <Fact term="Managed by">
          {identity.claim.words}
          {token.mode === 'watch' && <span className="quiet"> · Winesap only watches</span>}{' '}
          <ActionButton
            variant="subtle"
            size="compact-sm"
            why={policy.may.changeMode.reason}
            aria-haspopup="dialog"
            aria-label="Change who manages this location"
            onClick={onClaim}
          >
            Change
          </ActionButton>
        </Fact>
        <Fact term="Expiry reminders">
          {token.expiryDays === null ? 'default rules' : `${token.expiryDays.join(', ')} days before`}{' '}
          <ActionButton
            variant="subtle"
            size="compact-sm"
            why={policy.may.renew.reason}
            aria-haspopup="dialog"
            aria-label="Change expiry reminders"
            onClick={onExpiryDays}
          >
            Change
          </ActionButton>
        </Fact>
        <Fact term="Last successful sync">{token.lastSyncAt === null ? 'never' : <Ago at={token.lastSyncAt} />}</Fact>
        <Fact term="Last checked">
          {health.lastCheckedAt === null ? 'never' : <Ago at={health.lastCheckedAt} />}
          {health.nextCheckAt !== null && (
            <span className="quiet">
              {' '}
              · next <Ago at={health.nextCheckAt} />
            </span>
          )}
        </Fact>
        <Fact term="Holds">
          <Link to="/policies/$policyId/assets" params={{ policyId: policy.id }}>
            {plural(token.assets, 'asset')}
          </Link>
          <span className="quiet"> · {count(token.assignments)} assigned licenses</span>
        </Fact>
        <Fact term={token.renewedAt === null ? 'Added' : 'Renewed'}>
          <Ago at={token.renewedAt ?? token.addedAt} />
          <span className="quiet"> by {token.renewedAt === null ? token.addedBy : (token.renewedBy ?? 'Winesap')}</span>
        </Fact>
      </Facts>

      <footer className={classes.foot}>
        <InheritanceBox policy={policy} />
        <div className={classes.buttons}>
          <ActionButton
            variant={health.nextStep.kind === 'renew' ? 'filled' : 'default'}
            why={policy.may.renew.reason}
            aria-haspopup="dialog"
            onClick={onRenew}
          >
            Renew
          </ActionButton>
          <ActionButton variant="danger-quiet" why={policy.may.remove.reason} aria-haspopup="dialog" onClick={onRemove}>
            Remove Token
          </ActionButton>
        </div>
      </footer>
    </section>
  );
}

function NotSaid() {
  return <span className="quiet">Apple did not say</span>;
}

/** A token lives a year at most; the bar shows how much of a year is left. The words beside it say the number. */
function LifeLeft({ daysLeft }: { daysLeft: number }) {
  const share = Math.max(0, Math.min(1, daysLeft / 365));
  const tone = daysLeft < 0 ? 'broken' : daysLeft <= 30 ? 'soon' : 'ok';
  return (
    <span className={classes.life} data-tone={tone} aria-hidden>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
