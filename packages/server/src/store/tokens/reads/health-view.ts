import type { Health } from '@winesap/api';
import {
  daysUntil,
  healthWords,
  hiddenExpiry,
  kindOfOrganization,
  portalOf,
  SEVERITY,
  type TokenState,
} from '@winesap/core';
import { appleSaid, iso } from '../../reads/apple-said.ts';
import { rowToToken, type TokenRow } from '../token-row.ts';

/** Returns the state, cause, and next step of a stored token, in words. */
export function healthView(row: TokenRow, eventId: number | null, now: Date): Health {
  const { identity, failure } = rowToToken(row);
  const told = (state: TokenState) => ({
    state,
    severity: SEVERITY[state],
    ...healthWords(state, {
      locationName: identity.locationName ?? identity.uId,
      daysLeft: identity.expiresAt === null ? null : daysUntil(identity.expiresAt, now),
      claimName: identity.mdmInfo?.name ?? null,
      failure,
      portal: portalOf(kindOfOrganization(identity)),
    }),
  });
  const hidden = hiddenExpiry(row.state, identity.expiresAt, now);
  return {
    ...told(row.state),
    also: hidden === null ? null : told(hidden),
    apple: row.failed_at === null ? null : appleSaid(row.failure, row.failed_at),
    eventId: eventId === null ? null : String(eventId),
    since: iso(row.state_since),
    lastCheckedAt: iso(row.checked_at),
    lastSuccessAt: iso(row.success_at),
    nextCheckAt: iso(row.next_check_at),
  };
}
