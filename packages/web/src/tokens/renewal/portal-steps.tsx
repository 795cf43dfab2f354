import type { Identity } from '@winesap/api';
import classes from './file-step.module.css';

interface Props {
  kind: Identity['kind'];
  locationName: string | null;
  /** Who downloaded the token that is stored, as far as Apple says. */
  appleId: string | null;
  /** The level below the title it stands under: a window's is the second, a page's the first. */
  heading?: 'h2' | 'h3';
}

/** The way to the fresh file in Apple's portal, by the names its pages have now. */
export function PortalSteps({ kind, locationName, appleId, heading: Heading = 'h3' }: Props) {
  return (
    <div>
      <Heading className={classes.heading}>Get the fresh file from Apple</Heading>
      <ol className={classes.steps}>
        <li>
          Sign in to <Portal kind={kind} /> with an account that has at least the role <b>Content Manager</b>.
        </li>
        <li>
          Choose your name at the bottom left, then <b>Preferences</b>.
        </li>
        <li>
          Choose <b>Payments and Billing</b> and scroll to <b>Content Tokens</b> (older: <b>Server Tokens</b>).
        </li>
        <li>
          Choose {locationName === null ? 'the location' : <b>{locationName}</b>}: its <code>.vpptoken</code> file
          downloads.
        </li>
      </ol>
      {appleId !== null && (
        <p className={classes.last}>
          Last time it was downloaded by <b>{appleId}</b>. Another account of the same organization will do.
        </p>
      )}
    </div>
  );
}

function Portal({ kind }: { kind: Identity['kind'] }) {
  const business = (
    <a href="https://business.apple.com" target="_blank" rel="noreferrer">
      business.apple.com
    </a>
  );
  const school = (
    <a href="https://school.apple.com" target="_blank" rel="noreferrer">
      school.apple.com
    </a>
  );
  if (kind === 'business') return business;
  if (kind === 'school') return school;
  return (
    <>
      {business} (or {school} for a school)
    </>
  );
}
