import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { routes } from '@winesap/api';
import { type ReactNode, useState } from 'react';
import { meQuery } from '../data/queries.ts';
import { query } from '../data/query.ts';
import { whyNot } from '../data/why-not.ts';
import { PortalSteps } from '../tokens/renewal/portal-steps.tsx';
import classes from './first-steps.module.css';

const DISMISSED = 'winesap.first-steps.dismissed';

/** A browser without storage forgets the answer with the page. */
function isDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED) === 'yes';
  } catch {
    return false;
  }
}

/** What a new installation needs, in three steps: a token, somewhere alerts go, a second person. Goes when all are done. */
export function FirstSteps({ hasToken }: { hasToken: boolean }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const isOwner = whyNot(me, routes.listPeople) === null;
  const [dismissed, setDismissed] = useState(isDismissed);
  const channels = useQuery({ ...query(routes.listChannels), enabled: isOwner }).data?.channels;
  const people = useQuery({ ...query(routes.listPeople), enabled: isOwner }).data?.people;
  if (!isOwner || channels === undefined || people === undefined) return null;
  const done = [hasToken, channels.length > 0, people.length > 1];
  if (done.every(Boolean) || (hasToken && dismissed)) return null;

  const dismiss = () => {
    setDismissed(true);
    try {
      localStorage.setItem(DISMISSED, 'yes');
    } catch {
      // Nothing can be kept: it shows again next time.
    }
  };

  return (
    <section className={classes.card} aria-labelledby="first-steps" data-compact={hasToken || undefined}>
      <div className={classes.head}>
        <h2 id="first-steps">{hasToken ? 'Two more minutes' : 'Three steps'}</h2>
        {hasToken && (
          <button type="button" className="link-button small" onClick={dismiss}>
            Not now
          </button>
        )}
      </div>
      <ol className={classes.steps}>
        <Step done={hasToken} title="Add your first token">
          {hasToken ? null : (
            <>
              <PortalSteps kind={null} locationName={null} appleId={null} />
              <p className={classes.then}>
                Drop the file anywhere on this page. Winesap asks Apple which location it opens and proposes where it
                goes. Many files at once work too.
              </p>
            </>
          )}
        </Step>
        <Step done={done[1] === true} title="Choose where alerts go">
          <p>Mail, Slack, Teams, or any webhook: a token that dies should find somebody.</p>
          <Link to="/alerts/channels">Add a channel</Link>
        </Step>
        <Step done={done[2] === true} title="Add a second person">
          <p>For the day when you are on holiday.</p>
          <Link to="/settings/people">Add a person</Link>
        </Step>
      </ol>
    </section>
  );
}

function Step({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  return (
    <li data-done={done || undefined}>
      <h3>
        {title}
        {done && <span className={classes.done}> ✓ done</span>}
      </h3>
      {!done && <div className={classes.body}>{children}</div>}
    </li>
  );
}
