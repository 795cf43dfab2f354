import { Link } from '@tanstack/react-router';
import type { TokenRow } from '@winesap/api';
import { briefWords, count, healthFacts, shownDaysLeft } from '@winesap/api/words';
import { SeverityLabel } from '../parts/severity-mark.tsx';
import { Ago } from '../parts/time.tsx';
import { useWaitingFiles } from '../tokens/uploads/use-waiting-files.ts';
import classes from './token-table.module.css';

/** The cells of a token's row. */
export function TokenRowCells({ token }: { token: TokenRow }) {
  const { health } = token;
  const why = token.scanning ? 'scanning…' : health.severity === 'ok' ? '' : briefWords(health) || health.title;
  const to = '/policies/$policyId/settings/apple-apps';
  const params = { policyId: token.policyId };
  return (
    <>
      <td>
        <SeverityLabel severity={health.severity} label={health.label} />
      </td>
      <td className={`${classes.organization} clip`}>{token.organizationName}</td>
      <th scope="row" className={classes.location}>
        <Link to={to} params={params} className={classes.rowLink} data-reach>
          {token.locationName}
        </Link>
        {token.policyName !== token.organizationName && token.policyName !== token.locationName && (
          <span className={classes.policy}> {token.policyName}</span>
        )}
      </th>
      <td className={`${classes.why} clip`} title={health.cause || undefined}>
        {why}
        {why !== '' && token.lowAssets > 0 && ' · '}
        <LowAssets token={token} />
      </td>
      <td className={classes.next}>
        <NextStep token={token} />
      </td>
      <td className={`${classes.days} num`} data-label="days left">
        {token.daysLeft === null ? (
          <span className="quiet">–</span>
        ) : (
          <span
            className={classes.number}
            data-tone={token.daysLeft < 0 ? 'broken' : token.daysLeft <= 30 ? 'soon' : undefined}
          >
            {count(shownDaysLeft(token.daysLeft))}
          </span>
        )}
      </td>
      <td className={`${classes.sync} num`} data-label="last sync">
        {token.lastSyncAt === null ? 'never' : <Ago at={token.lastSyncAt} short />}
      </td>
    </>
  );
}

function LowAssets({ token: { uId, locationName, lowAssets } }: { token: TokenRow }) {
  if (lowAssets === 0) return null;
  const words = `${count(lowAssets)} low`;
  return (
    <Link
      to="/locations/$uId/assets"
      params={{ uId }}
      search={{ low: 'true' }}
      className={classes.low}
      aria-label={`${words} on licenses at ${locationName}`}
    >
      {words}
    </Link>
  );
}

function NextStep({ token }: { token: TokenRow }) {
  const to = '/policies/$policyId/settings/apple-apps';
  const params = { policyId: token.policyId };
  const [{ nextStep }] = healthFacts(token.health);
  const isWaiting = useWaitingFiles().some(({ tokenId }) => tokenId === token.tokenId);
  if (isWaiting)
    return (
      <Link to={to} params={params} aria-label={`Review the file for ${token.locationName}`}>
        File waiting
      </Link>
    );
  switch (nextStep.kind) {
    case 'none':
      return null;
    case 'renew':
      return (
        <Link to={to} params={params} search={{ window: 'renew' }} aria-label={`Renew ${token.locationName}`}>
          Renew
        </Link>
      );
    case 'decide-claim':
      return (
        <Link to={to} params={params} search={{ window: 'claim' }} aria-label={`Decide about ${token.locationName}`}>
          Decide
        </Link>
      );
    case 'accept-terms':
    case 'give-role':
    case 'wait':
    case 'check-account':
    case 'update':
    case 'check-connection':
      return (
        <Link to={to} params={params} aria-label={`How to fix ${token.locationName}`}>
          How
        </Link>
      );
  }
}
