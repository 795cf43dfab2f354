import type { Health } from '@winesap/api';
import { daysUntil, healthWords, kindOfOrganization, portalOf, SEVERITY } from '@winesap/core';
import { appleSaid, iso } from '../../reads/apple-said.ts';
import { rowToToken, type TokenRow } from '../token-row.ts';

/** State, cause and next step of a stored token, in words. */
export function healthView(row: TokenRow, eventId: number | null, now: Date): Health {
  const { identity, failure } = rowToToken(row);
  const words = healthWords(row.state, {
    locationName: identity.locationName ?? identity.uId,
    daysLeft: identity.expiresAt === null ? null : daysUntil(identity.expiresAt, now),
    claimName: identity.mdmInfo?.name ?? null,
    failure,
    portal: portalOf(kindOfOrganization(identity)),
  });
  return {
    state: row.state,
    severity: SEVERITY[row.state],
    ...words,
    apple: row.failed_at === null ? null : appleSaid(row.failure, row.failed_at),
    eventId: eventId === null ? null : String(eventId),
    since: iso(row.state_since),
    lastCheckedAt: iso(row.checked_at),
    lastSuccessAt: iso(row.success_at),
    nextCheckAt: iso(row.next_check_at),
  };
}
