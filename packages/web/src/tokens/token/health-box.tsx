import { Link } from '@tanstack/react-router';
import type { ContentToken } from '@winesap/api';
import type { ReactNode } from 'react';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './health-box.module.css';

/**
 * What is wrong with a token, large: the state, its cause, what does not work, the next step, and what Apple said.
 * Nothing while the token is healthy.
 */
export function HealthBox({ token, children }: { token: ContentToken; children: ReactNode }) {
  const { health } = token;
  if (health.severity === 'ok') return null;
  return (
    <section className={classes.box} data-severity={health.severity} aria-label={`Token problem: ${health.label}`}>
      <SeverityMark severity={health.severity} size={26} />
      <div className={classes.words}>
        <h2 className={classes.title}>{health.title}</h2>
        {health.cause !== '' && <p>{health.cause}</p>}
        {health.consequence !== '' && <p>{health.consequence}</p>}
        <p className={classes.next}>{health.nextStep.text}</p>
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
      </div>
      <div className={classes.actions}>{children}</div>
    </section>
  );
}
