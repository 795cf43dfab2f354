import { Link } from '@tanstack/react-router';
import type { Alert, Severity, TokenRow } from '@winesap/api';
import { SeverityMark } from '../parts/severity-mark.tsx';
import { Ago } from '../parts/time.tsx';
import { ActionButton } from '../windows/action-button.tsx';
import classes from './alerts.module.css';

interface Props {
  alerts: readonly Alert[];
  tokens: readonly TokenRow[];
  why: string | null;
  busyId: string | null;
  onAcknowledge: (alert: Alert) => void;
  onUndo: (alert: Alert) => void;
}

/** What each alert said, how often, and who has taken it up. */
export function AlertList({ alerts, tokens, why, busyId, onAcknowledge, onUndo }: Props) {
  const policyOf = new Map(tokens.map((token) => [token.tokenId, token.policyId]));
  return (
    <ul className={classes.list} aria-label="Alerts">
      {alerts.map((alert) => {
        const policyId = policyOf.get(alert.tokenId);
        const open = alert.acknowledgedAt === null && alert.resolvedAt === null;
        return (
          <li key={alert.id} className={classes.alert} data-open={open || undefined}>
            <SeverityMark severity={alert.resolvedAt !== null ? 'ok' : SEVERITY[alert.kind]} size={16} />
            <div className={classes.words}>
              <p className={classes.title}>{alert.title}</p>
              <p>{alert.text}</p>
              <p className={classes.about}>
                {policyId === undefined ? (
                  <span>{alert.locationName}</span>
                ) : (
                  <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId }}>
                    {alert.locationName}
                  </Link>
                )}
                <span>{alert.organizationName}</span>
                <span>
                  rule{' '}
                  <Link to="/alerts" search={{ ruleId: alert.ruleId, state: 'all' }}>
                    {alert.ruleName}
                  </Link>
                </span>
                {alert.timesNotified > 1 && (
                  <span>
                    sent {alert.timesNotified} times, last <Ago at={alert.notifiedAt} />
                  </span>
                )}
                {alert.escalatedAt !== null && (
                  <span>
                    escalated <Ago at={alert.escalatedAt} />
                  </span>
                )}
              </p>
            </div>
            <div className={classes.end}>
              <span className="quiet">
                <Ago at={alert.openedAt} />
              </span>
              {open ? (
                <ActionButton
                  variant="default"
                  why={why}
                  busy={busyId === alert.id}
                  aria-label={`Acknowledge: ${alert.title}`}
                  onClick={() => onAcknowledge(alert)}
                >
                  Acknowledge
                </ActionButton>
              ) : (
                <span className="small quiet">
                  {alert.resolvedAt !== null ? (
                    <>
                      resolved <Ago at={alert.resolvedAt} />
                    </>
                  ) : (
                    <>
                      acknowledged{alert.acknowledgedBy !== null && ` by ${alert.acknowledgedBy}`}
                      {alert.acknowledgedAt !== null && (
                        <>
                          {' '}
                          <Ago at={alert.acknowledgedAt} />
                        </>
                      )}
                    </>
                  )}
                </span>
              )}
              {alert.acknowledgedAt !== null && alert.resolvedAt === null && (
                <ActionButton
                  variant="subtle"
                  size="compact-sm"
                  why={why}
                  busy={busyId === alert.id}
                  aria-label={`Undo acknowledging: ${alert.title}`}
                  onClick={() => onUndo(alert)}
                >
                  Undo
                </ActionButton>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const SEVERITY: Record<Alert['kind'], Severity> = {
  expiry: 'soon',
  state: 'broken',
  scan: 'unknown',
  licenses: 'soon',
  claim: 'broken',
  notifications: 'unknown',
  assignments: 'broken',
};
