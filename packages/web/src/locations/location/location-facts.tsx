import { Link } from '@tanstack/react-router';
import type { ContentToken, LocationDetail, PolicyDetail } from '@winesap/api';
import { count, plural } from '@winesap/api/words';
import { Fact, Facts } from '../../parts/facts.tsx';
import { SeverityLabel } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './location.module.css';

interface Props {
  location: LocationDetail;
  policy: PolicyDetail | null;
  /** Null once it was removed, and while it is read. */
  token: ContentToken | null;
}

const MODE_WORDS = { manage: 'Winesap manages it', watch: 'Winesap only watches' } as const;

/** Who the location is at Apple, who manages it, how fresh its numbers are, and the ways on from here. */
export function LocationFacts({ location, policy, token }: Props) {
  const { uId, totals } = location;
  return (
    <section className="card" aria-label="Identity">
      <header className={`spread ${classes.head}`}>
        <div className={classes.title}>
          <h2>{location.locationName}</h2>
          {token !== null && <SeverityLabel severity={token.health.severity} label={token.health.label} />}
        </div>
      </header>
      <Facts>
        <Fact term="Identification number">
          <span className="mono">{uId}</span>
        </Fact>
        <Fact term="Organization">{location.organizationName ?? <span className="quiet">none in Winesap</span>}</Fact>
        <Fact term="Country">{location.country ?? <span className="quiet">Apple did not say</span>}</Fact>
        <Fact term="Claim">
          {token === null ? <span className="quiet">not read without a token</span> : token.identity.claim.words}
        </Fact>
        <Fact term="Mode">
          {location.mode === null ? <span className="quiet">no token</span> : MODE_WORDS[location.mode]}
          {policy?.may.changeMode.allowed && (
            <>
              {' · '}
              <Link
                to="/policies/$policyId/settings/apple-apps"
                params={{ policyId: policy.id }}
                search={{ window: 'claim' }}
              >
                Change
              </Link>
            </>
          )}
        </Fact>
        <Fact term="Last successful sync">{location.readAt === null ? 'never' : <Ago at={location.readAt} />}</Fact>
        <Fact term="Holds">
          <Link to="/locations/$uId/assets" params={{ uId }}>
            {plural(totals.assets, 'asset')}
          </Link>
          <span className="quiet"> · {count(totals.assigned)} assigned licenses</span>
        </Fact>
        <Fact term="Low on licenses">
          {totals.low === 0 ? (
            <span className="quiet">none</span>
          ) : (
            <Link to="/locations/$uId/assets" params={{ uId }} search={{ low: 'true' }}>
              {plural(totals.low, 'asset')}
            </Link>
          )}
        </Fact>
        {location.tokenId !== null && (
          <Fact term="Events">
            <Link to="/events" search={{ receiverType: 'vpp-token', tokenId: location.tokenId }}>
              All events of this token
            </Link>
          </Fact>
        )}
      </Facts>
    </section>
  );
}
