import { TOKEN_STATES, type TokenState } from '@winesap/core';
import { type GaugeReading, gaugeText } from './text-format.ts';

/** What the database says at this moment. */
export interface MetricsReading {
  tokens: TokenReading[];
  locations: LicenseReading[];
  /** Only as many as the setting allows. */
  assets: (LicenseReading & { adamId: string; pricingParam: string; name: string })[];
  queues: { queue: string; waiting: number; running: number }[];
  outbox: OutboxReading[];
  inbox: InboxReading;
}

/** Apple's notifications, for all locations. */
export interface InboxReading {
  waiting: number;
  failed: number;
  oldestAt: Date | null;
}

/** What waits in one channel. */
export interface OutboxReading {
  id: string;
  channel: string;
  kind: string;
  disabled: boolean;
  waiting: number;
  held: number;
  oldestAt: Date | null;
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

/** Unlimited assets count as assets, but not among the licenses, because they have no number to add. */
export interface LicenseReading extends Place {
  assets: number;
  low: number;
  /** Null where unknown. */
  total: number | null;
  assigned: number | null;
  available: number | null;
}

/**
 * Writes all gauges of a reading as text; a removed token is simply not in it. Yields to other requests between the
 * metrics, because with thousands of tokens each of them is a long text.
 */
export async function readingMetrics(reading: MetricsReading): Promise<string> {
  const texts: string[] = [];
  for (const gauge of [
    ...tokenGauges(reading.tokens),
    ...licenseGauges(reading),
    queueGauge(reading),
    ...outboxGauges(reading),
    ...inboxGauges(reading),
  ]) {
    texts.push(gaugeText(gauge()));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return texts.join('\n');
}

type MakeGauge = () => GaugeReading;

function tokenGauges(tokens: readonly TokenReading[]): MakeGauge[] {
  const instant = (what: string, help: string, of: (token: TokenReading) => Date | null): MakeGauge =>
    numbers(`winesap_token_${what}_timestamp_seconds`, help, (token) => {
      const at = of(token);
      return at === null ? null : at.getTime() / 1000;
    });
  const numbers =
    (name: string, help: string, of: (token: TokenReading) => number | null): MakeGauge =>
    () => ({
      name,
      help,
      rows: tokens.flatMap((token) => {
        const value = of(token);
        return value === null ? [] : [[labelsOf(token), value] as const];
      }),
    });
  return [
    instant('expiry', 'When the content token expires, seconds since 1970.', ({ expiresAt }) => expiresAt),
    instant('last_success', 'When Apple last answered this token without an error.', ({ successAt }) => successAt),
    instant('last_check', 'When Apple was last asked about this token.', ({ checkedAt }) => checkedAt),
    instant('last_sync', 'End of the last successful scan.', ({ syncedAt }) => syncedAt),
    () => ({
      name: 'winesap_token_state',
      help: '1 for the state the content token is in, 0 for the others.',
      rows: tokens.flatMap((token) =>
        TOKEN_STATES.map((state) => [{ ...labelsOf(token), state }, state === token.state ? 1 : 0] as const),
      ),
    }),
    numbers(
      'winesap_token_last_scan_success',
      '1 when the last scan succeeded, 0 when it failed or is doubtful.',
      ({ lastScan }) => (lastScan === null ? null : Number(lastScan.succeeded)),
    ),
    numbers(
      'winesap_token_last_scan_duration_seconds',
      'How long the last scan took.',
      ({ lastScan }) => lastScan?.seconds ?? null,
    ),
  ];
}

function licenseGauges({ locations, assets }: MetricsReading): MakeGauge[] {
  return [
    () => ({
      name: 'winesap_assets',
      help: 'Apps and books of the location.',
      rows: locations.map((one) => [labelsOf(one), one.assets] as const),
    }),
    () => ({
      name: 'winesap_assets_low',
      help: 'Apps and books of the location that run out of licenses, by their thresholds.',
      rows: locations.map((one) => [labelsOf(one), one.low] as const),
    }),
    () => ({
      name: 'winesap_licenses',
      help: 'Licenses of the location, of assets that are not unlimited.',
      rows: locations.flatMap((one) => kinds(labelsOf(one), one)),
    }),
    () => ({
      name: 'winesap_asset_licenses',
      help: 'Licenses of one asset; the scarcest ones, as many as the setting allows.',
      rows: assets.flatMap((one) =>
        kinds({ ...labelsOf(one), adam_id: one.adamId, pricing_param: one.pricingParam, name: one.name }, one),
      ),
    }),
  ];
}

function queueGauge({ queues }: MetricsReading): MakeGauge {
  return () => ({
    name: 'winesap_queue_jobs',
    help: 'Jobs that wait or run, in all processes.',
    rows: queues.flatMap(({ queue, waiting, running }) => [
      [{ queue, state: 'waiting' }, waiting] as const,
      [{ queue, state: 'running' }, running] as const,
    ]),
  });
}

function inboxGauges({ inbox }: MetricsReading): MakeGauge[] {
  return [
    () => ({
      name: 'winesap_notifications',
      help: 'Notifications of Apple that wait to be worked on, or could not be.',
      rows: [[{ state: 'waiting' }, inbox.waiting] as const, [{ state: 'failed' }, inbox.failed] as const],
    }),
    () => ({
      name: 'winesap_notifications_oldest_timestamp_seconds',
      help: 'Since when the oldest notification waits to be worked on.',
      rows: inbox.oldestAt === null ? [] : [[{}, inbox.oldestAt.getTime() / 1000] as const],
    }),
  ];
}

function outboxGauges({ outbox }: MetricsReading): MakeGauge[] {
  const labels = ({ id, channel, kind }: OutboxReading) => ({ id, channel, kind });
  return [
    () => ({
      name: 'winesap_outbox_messages',
      help: 'Messages that wait to leave through a channel, and alerts it holds back for its hours or its digest.',
      rows: outbox.flatMap((one) => [
        [{ ...labels(one), state: 'waiting' }, one.waiting] as const,
        [{ ...labels(one), state: 'held' }, one.held] as const,
      ]),
    }),
    () => ({
      name: 'winesap_outbox_oldest_timestamp_seconds',
      help: 'Since when the oldest message of a channel waits to leave.',
      rows: outbox.flatMap((one) =>
        one.oldestAt === null ? [] : [[labels(one), one.oldestAt.getTime() / 1000] as const],
      ),
    }),
    () => ({
      name: 'winesap_channel_disabled',
      help: '1 when the receiver of a channel has sent it away.',
      rows: outbox.map((one) => [labels(one), Number(one.disabled)] as const),
    }),
  ];
}

function kinds(labels: Record<string, string>, { total, assigned, available }: LicenseReading) {
  return Object.entries({ total, assigned, available }).flatMap(([kind, count]) =>
    count === null ? [] : [[{ ...labels, kind }, count] as const],
  );
}

function labelsOf({ uId, organization, location }: Place) {
  return { uid: uId, organization, location };
}
