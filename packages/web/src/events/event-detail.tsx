import { Link } from '@tanstack/react-router';
import type { Event } from '@winesap/api';
import type { ReactNode } from 'react';
import { fullTime } from '../data/times.ts';
import classes from './event-detail.module.css';

/** Everything an event keeps: Apple's words as they came, the request, who did it, and the way to where it happened. */
export function EventDetail({ event }: { event: Event }) {
  const { apple } = event;
  const more = Object.entries(event.data)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => rankOf(a) - rankOf(b));
  return (
    <div className={classes.detail}>
      <dl>
        <Fact term="Time">{fullTime(event.at)}</Fact>
        {apple !== null && (
          <>
            <Fact term="Apple said">
              <code>{apple.line}</code>
            </Fact>
            <Fact term="While">{apple.doing}</Fact>
          </>
        )}
        <Fact term="By">{event.actor ?? 'Winesap, by itself'}</Fact>
        {event.organizationName !== null && (
          <Fact term="Where">
            {event.organizationName}
            {event.policyName !== null && ` / ${event.policyName}`}
          </Fact>
        )}
        <Fact term="Kind">
          <code>{event.code}</code>
        </Fact>
        {event.requestId !== null && (
          <Fact term="Request">
            <code>{event.requestId}</code>
          </Fact>
        )}
        {more.map(([name, value]) => (
          <Fact key={name} term={termOf(name)}>
            {typeof value === 'object' ? <code>{JSON.stringify(value)}</code> : String(value)}
          </Fact>
        ))}
      </dl>
      <p className={classes.links}>
        {event.policyId !== null && (
          <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId: event.policyId }}>
            {event.tokenId !== null && !event.tokenRemoved ? 'Go to the token' : 'Go to the policy'}
          </Link>
        )}
        {event.tokenId !== null && (
          <Link to="/events" search={{ receiverType: 'vpp-token', tokenId: event.tokenId }}>
            All events of this token
          </Link>
        )}
        {event.tokenRemoved && <span className="quiet">The token has been removed since.</span>}
      </p>
    </div>
  );
}

/** As a person tells it: what was, what is, and why; everything else after that, as it came. */
const TOLD_FIRST = ['before', 'after', 'cause'];

function rankOf(name: string): number {
  const rank = TOLD_FIRST.indexOf(name);
  return rank < 0 ? TOLD_FIRST.length : rank;
}

/** `uId` → Identification number, `locationName` → Location name. */
function termOf(name: string): string {
  if (name === 'uId') return 'Identification number';
  const words = name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
