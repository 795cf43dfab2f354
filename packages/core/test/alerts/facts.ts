import type { AlertFacts } from '@winesap/core';

export const NOW = new Date('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
export const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

/** The facts of a token with no reason for an alert, with changes. */
export function factsOf(change: Partial<AlertFacts> = {}): AlertFacts {
  return {
    tokenId: 't',
    organizationId: 'o',
    organizationName: 'Orchard',
    policyPath: ['child', 'root'],
    locationName: 'Barn',
    expiresAt: inDays(300),
    expiryDays: null,
    state: 'healthy',
    stateSince: inDays(-9),
    failure: null,
    stateTrail: [],
    readAt: inDays(0),
    scanFailingSince: null,
    mode: 'manage',
    claim: 'ours',
    claimId: 'us',
    claimName: 'Winesap',
    claimWanted: false,
    claimRevision: 1,
    lastNotificationAt: null,
    assets: [],
    failedAssignments: 0,
    ...change,
  };
}
