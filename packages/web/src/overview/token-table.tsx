import { Link } from '@tanstack/react-router';
import type { Severity, TokenRow } from '@winesap/api';
import { useState } from 'react';
import { SeverityLabel } from '../parts/severity-mark.tsx';
import { Ago } from '../parts/time.tsx';
import { count } from '../parts/words.ts';
import classes from './token-table.module.css';

/** So many rows are drawn at once; more come at a press. A page of ten thousand rows would be slow to everybody. */
const AT_ONCE = 200;

/** The tokens as given, with white space between the severities. On a narrow page each row is a card. */
export function TokenTable({ tokens, caption }: { tokens: readonly TokenRow[]; caption: string }) {
  const [limit, setLimit] = useState(AT_ONCE);
  const groups = groupBySeverity(tokens.slice(0, limit));
  return (
    <>
      <table className={classes.table}>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">state</th>
            <th scope="col">organization</th>
            <th scope="col">location</th>
            <th scope="col">why</th>
            <th scope="col">next step</th>
            <th scope="col" className="num">
              days left
            </th>
            <th scope="col" className="num">
              last sync
            </th>
          </tr>
        </thead>
        {groups.map(([severity, rows]) => (
          <tbody key={severity} data-severity={severity}>
            {rows.map((token) => (
              <Row key={token.tokenId} token={token} />
            ))}
          </tbody>
        ))}
      </table>
      {tokens.length > limit && (
        <button type="button" className={`link-button ${classes.more}`} onClick={() => setLimit(limit + AT_ONCE)}>
          Show {count(Math.min(AT_ONCE, tokens.length - limit))} more of {count(tokens.length - limit)}
        </button>
      )}
    </>
  );
}

function Row({ token }: { token: TokenRow }) {
  const { health } = token;
  const to = '/policies/$policyId/settings/apple-apps';
  const params = { policyId: token.policyId };
  return (
    <tr>
      <td className={classes.state}>
        <SeverityLabel severity={health.severity} label={health.label} />
      </td>
      <td className={`${classes.organization} clip`}>{token.organizationName}</td>
      <th scope="row" className={classes.location}>
        <Link to={to} params={params} className={classes.rowLink}>
          {token.locationName}
        </Link>
        {token.policyName !== token.organizationName && token.policyName !== token.locationName && (
          <span className={classes.policy}> {token.policyName}</span>
        )}
      </th>
      <td className={`${classes.why} clip`} title={health.cause || undefined}>
        {token.scanning ? 'scanning…' : health.severity === 'ok' ? '' : health.brief || health.title}
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
            {count(token.daysLeft)}
          </span>
        )}
      </td>
      <td className={`${classes.sync} num`} data-label="last sync">
        {token.lastSyncAt === null ? 'never' : <Ago at={token.lastSyncAt} short />}
      </td>
    </tr>
  );
}

function NextStep({ token }: { token: TokenRow }) {
  const to = '/policies/$policyId/settings/apple-apps';
  const params = { policyId: token.policyId };
  switch (token.health.nextStep.kind) {
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
    case 'check-connection':
      return (
        <Link to={to} params={params} aria-label={`How to mend ${token.locationName}`}>
          How
        </Link>
      );
  }
}

function groupBySeverity(tokens: readonly TokenRow[]): [Severity, TokenRow[]][] {
  const groups: [Severity, TokenRow[]][] = [];
  for (const token of tokens) {
    const last = groups.at(-1);
    if (last?.[0] === token.health.severity) last[1].push(token);
    else groups.push([token.health.severity, [token]]);
  }
  return groups;
}
