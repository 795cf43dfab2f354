import { Link } from '@tanstack/react-router';
import type { ContentToken, HealthFact } from '@winesap/api';
import { Ago } from '../../parts/time.tsx';
import classes from './token-notice.module.css';

/** The cause, what does not work, the next step, and, below the state that Apple's answer led to, what Apple said. */
export function HealthWords({ token, fact }: { token: ContentToken; fact: HealthFact }) {
  const { health } = token;
  return (
    <>
      {fact.cause !== '' && <p>{fact.cause}</p>}
      {fact.consequence !== '' && <p>{fact.consequence}</p>}
      <p className={classes.next}>{fact.nextStep.text}</p>
      {fact.state === health.state && (
        <p className={classes.said}>
          {health.apple !== null && (
            <>
              Apple said: <code>{health.apple.line}</code>{' '}
            </>
          )}
          <span className={classes.since}>
            <Ago at={health.apple?.at ?? health.since} />
            {health.eventId !== null && (
              <Link to="/events" search={{ receiverType: 'vpp-token', tokenId: token.tokenId, event: health.eventId }}>
                Event
              </Link>
            )}
          </span>
        </p>
      )}
    </>
  );
}
