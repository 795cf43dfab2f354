import type { TokenState } from '@winesap/core';
import { Gauge, Registry } from 'prom-client';

/** What the database says at the moment of asking. */
export interface MetricsReading {
  tokens: TokenReading[];
  locations: LicenseReading[];
  /** Only as many as the setting allows. */
  assets: (LicenseReading & { adamId: string; pricingParam: string; name: string })[];
  queues: { queue: string; waiting: number; running: number }[];
}

interface Place {
  uId: string;
  location: string;
  organization: string;
}

export interface TokenReading extends Place {
  state: TokenState;
  expiresAt: Date | null;
  successAt: Date | null;
  checkedAt: Date | null;
  syncedAt: Date | null;
  lastScan: { succeeded: boolean; seconds: number } | null;
}

/** Unlimited assets count as assets, but not among the licenses: there is no number to add. */
export interface LicenseReading extends Place {
  assets: number;
  total: number;
  assigned: number;
  available: number;
}

const PLACE = ['uid', 'organization', 'location'] as const;
const STATES: readonly TokenState[] = [
  'healthy',
  'expiring',
  'expired',
  'revoked',
  'invalid',
  'not-permitted',
  'claimed-elsewhere',
  'terms',
  'throttled',
  'unreachable',
  'unknown',
];

/** A registry of its own each time: a token that was removed is gone from the next answer. */
export async function readingMetrics(reading: MetricsReading): Promise<string> {
  const registry = new Registry();
  addTokens(registry, reading.tokens);
  addLicenses(registry, reading);
  const depth = gauge(registry, 'winesap_queue_jobs', 'Jobs that wait or run, in all processes.', ['queue', 'state']);
  for (const { queue, waiting, running } of reading.queues) {
    depth.set({ queue, state: 'waiting' }, waiting);
    depth.set({ queue, state: 'running' }, running);
  }
  return registry.metrics();
}

function addTokens(registry: Registry, tokens: readonly TokenReading[]): void {
  const at = (what: string, help: string) => gauge(registry, `winesap_token_${what}_timestamp_seconds`, help, PLACE);
  const expiry = at('expiry', 'When the content token expires, seconds since 1970.');
  const success = at('last_success', 'When Apple last answered this token without an error.');
  const check = at('last_check', 'When Apple was last asked about this token.');
  const sync = at('last_sync', 'End of the last successful scan.');
  const state = gauge(registry, 'winesap_token_state', '1 for the state the content token is in, 0 for the others.', [
    ...PLACE,
    'state',
  ]);
  const scanned = gauge(
    registry,
    'winesap_token_last_scan_success',
    '1 when the last scan succeeded, 0 when it failed.',
    PLACE,
  );
  const seconds = gauge(registry, 'winesap_token_last_scan_duration_seconds', 'How long the last scan took.', PLACE);
  for (const token of tokens) {
    const labels = labelsOf(token);
    for (const [metric, instant] of [
      [expiry, token.expiresAt],
      [success, token.successAt],
      [check, token.checkedAt],
      [sync, token.syncedAt],
    ] as const)
      if (instant !== null) metric.set(labels, instant.getTime() / 1000);
    for (const one of STATES) state.set({ ...labels, state: one }, one === token.state ? 1 : 0);
    if (token.lastScan === null) continue;
    scanned.set(labels, token.lastScan.succeeded ? 1 : 0);
    seconds.set(labels, token.lastScan.seconds);
  }
}

function addLicenses(registry: Registry, { locations, assets }: MetricsReading): void {
  const count = gauge(registry, 'winesap_assets', 'Apps and books of the location.', PLACE);
  const licenses = gauge(registry, 'winesap_licenses', 'Licenses of the location, of assets that are not unlimited.', [
    ...PLACE,
    'kind',
  ]);
  for (const one of locations) {
    count.set(labelsOf(one), one.assets);
    setLicenses(licenses, labelsOf(one), one);
  }
  const perAsset = gauge(
    registry,
    'winesap_asset_licenses',
    'Licenses of one asset; the scarcest ones, as many as the setting allows.',
    [...PLACE, 'adam_id', 'pricing_param', 'name', 'kind'],
  );
  for (const one of assets)
    setLicenses(
      perAsset,
      { ...labelsOf(one), adam_id: one.adamId, pricing_param: one.pricingParam, name: one.name },
      one,
    );
}

function setLicenses(
  metric: Gauge,
  labels: Record<string, string>,
  { total, assigned, available }: LicenseReading,
): void {
  metric.set({ ...labels, kind: 'total' }, total);
  metric.set({ ...labels, kind: 'assigned' }, assigned);
  metric.set({ ...labels, kind: 'available' }, available);
}

function labelsOf({ uId, organization, location }: Place) {
  return { uid: uId, organization, location };
}

function gauge(registry: Registry, name: string, help: string, labelNames: readonly string[]): Gauge {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
}
