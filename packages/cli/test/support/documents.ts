import { randomUUID } from 'node:crypto';
import type {
  Claim,
  ContentToken,
  Event,
  Health,
  Identity,
  Inspection,
  RenewalPreview,
  Scan,
  TokenRow,
} from '@winesap/api';

export const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
export const daysAhead = (days: number): string => new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString();

export function health(change: Partial<Health> = {}): Health {
  return {
    state: 'healthy',
    severity: 'ok',
    label: 'Healthy',
    brief: '',
    title: 'This token works.',
    cause: '',
    consequence: '',
    nextStep: { kind: 'none', text: 'Nothing to do.' },
    also: null,
    apple: null,
    eventId: null,
    since: hoursAgo(48),
    lastCheckedAt: hoursAgo(0),
    lastSuccessAt: hoursAgo(0),
    nextCheckAt: null,
    ...change,
  };
}

export const revoked = (): Health =>
  health({
    state: 'revoked',
    severity: 'broken',
    label: 'Revoked',
    brief: 'password was probably reset',
    title: 'Apple has revoked this token.',
    cause: 'Usually the Apple account that downloaded it had its password reset.',
    consequence: 'Apps cannot be licensed from Chicago HQ until this is fixed.',
    nextStep: { kind: 'renew', text: 'Renew it.' },
    apple: {
      httpStatus: 401,
      errorNumber: 9625,
      errorMessage: 'The server has revoked the sToken.',
      doing: 'retrieving token assets',
      line: '401 - error while retrieving token assets || 9625 - The server has revoked the sToken.',
      at: hoursAgo(2),
    },
  });

const free: Claim = {
  state: 'free',
  id: null,
  name: null,
  metadata: null,
  seenAt: hoursAgo(1),
  words: 'nobody',
};
export const foreign: Claim = {
  state: 'foreign',
  id: 'other-1',
  name: 'Other MDM',
  metadata: null,
  seenAt: hoursAgo(1),
  words: '“Other MDM”',
};

export function row(change: Partial<TokenRow> = {}): TokenRow {
  return {
    tokenId: randomUUID(),
    organizationId: randomUUID(),
    organizationName: 'Northwind',
    policyId: randomUUID(),
    policyName: 'Retail',
    uId: '2049025000431439',
    locationName: 'Chicago HQ',
    appleId: 'content@northwind.example',
    mode: 'manage',
    health: health(),
    expiresAt: daysAhead(212),
    daysLeft: 212,
    lastSyncAt: hoursAgo(2),
    assets: 12,
    lowAssets: 0,
    scanning: false,
    ...change,
  };
}

export function tokenList(tokens: TokenRow[]) {
  const counts = { broken: 0, soon: 0, unknown: 0, checking: 0, ok: 0 };
  for (const token of tokens) counts[token.health.severity] += 1;
  return { json: { tokens, counts, needYou: tokens.length - counts.ok, licensesLow: 0 } };
}

export function identity(change: Partial<Identity> = {}): Identity {
  return {
    uId: '2049025000431439',
    locationName: 'Chicago HQ',
    appleId: 'content@northwind.example',
    email: null,
    organizationName: 'Northwind',
    appleOrganizationId: null,
    country: 'US',
    kind: 'business',
    websiteUrl: null,
    expiresAt: daysAhead(365),
    claim: free,
    ...change,
  };
}

export function scan(change: Partial<Scan> = {}): Scan {
  return {
    id: randomUUID(),
    tokenId: randomUUID(),
    reason: 'button',
    state: 'queued',
    queuedAt: hoursAgo(0),
    startedAt: null,
    finishedAt: null,
    seconds: null,
    requests: 3,
    assets: { done: 212, total: 212 },
    assignments: { done: 48_000, total: 61_204 },
    users: null,
    secondsLeft: 12,
    changes: null,
    discrepancy: null,
    failure: null,
    ...change,
  };
}

export function token(of: TokenRow, change: Partial<ContentToken> = {}): ContentToken {
  const { tokenId, organizationId, organizationName, policyId, policyName } = of;
  return {
    tokenId,
    organizationId,
    organizationName,
    policyId,
    policyName,
    identity: identity({ uId: of.uId, locationName: of.locationName }),
    mode: of.mode,
    version: 1,
    fileName: null,
    daysLeft: of.daysLeft,
    health: of.health,
    tokenInheritance: false,
    addedAt: hoursAgo(500),
    addedBy: 'owner@winesap.example',
    renewedAt: null,
    renewedBy: null,
    lastSyncAt: of.lastSyncAt,
    assets: of.assets,
    lowAssets: of.lowAssets,
    assignments: 40,
    scan: null,
    expiryDays: null,
    ...change,
  };
}

const fileOf = (bytes: number) => ({
  name: 'fresh.vpptoken',
  bytes,
  fingerprint: 'f1f1f1f1f1f1f1f1',
  organizationName: 'Northwind',
  expiresAt: daysAhead(365),
});

export function inspection(change: Partial<Inspection> = {}): Inspection {
  return { file: fileOf(400), identity: identity(), heldBy: null, ...change };
}

export function preview(of: TokenRow, change: Partial<RenewalPreview> = {}): RenewalPreview {
  return {
    tokenId: of.tokenId,
    tokenVersion: 7,
    file: fileOf(400),
    stored: identity(),
    fresh: identity(),
    rows: [
      { field: 'uId', label: 'Identification number', stored: of.uId, fresh: of.uId, change: 'same' },
      { field: 'locationName', label: 'Name', stored: of.locationName, fresh: of.locationName, change: 'same' },
      {
        field: 'appleId',
        label: 'Apple ID',
        stored: 'a@northwind.example',
        fresh: 'b@northwind.example',
        change: 'changed',
      },
      { field: 'expiresAt', label: 'Expires', stored: daysAhead(-3), fresh: daysAhead(365), change: 'changed' },
    ],
    verdict: 'ready',
    refusal: null,
    otherToken: null,
    dryRun: {
      storedAssets: 210,
      freshAssets: 212,
      added: 3,
      gone: 1,
      changed: 14,
      changes: [
        {
          adamId: '900000001',
          pricingParam: 'STDQ',
          name: 'Orchard Notes',
          kind: 'new',
          stored: null,
          fresh: { total: 40, assigned: 0, available: 40 },
        },
      ],
      discrepancy: null,
      readAt: hoursAgo(30),
    },
    dryRunMissing: null,
    promise: 'Renewing changes no assignment and removes no app from any device.',
    ...change,
  };
}

export function event(change: Partial<Event> = {}): Event {
  return {
    id: randomUUID(),
    at: hoursAgo(1),
    level: 'info',
    receiverType: 'vpp-token',
    receiverName: 'Chicago HQ',
    code: 'token.checked',
    text: 'The token works.',
    apple: null,
    organizationId: null,
    organizationName: 'Northwind',
    policyId: null,
    policyName: null,
    tokenId: null,
    tokenRemoved: false,
    actor: null,
    requestId: null,
    data: {},
    ...change,
  };
}
