import type { Alerts, Channels, Deliveries, Events, PendingAlerts, Reports, Rules } from './alerts.ts';
import type { Hooks } from './hooks.ts';
import type { Seals } from './installation.ts';
import type { Jobs } from './jobs.ts';
import type { Assets, Metadata, Thresholds } from './licenses.ts';
import type { Notifications } from './notifications.ts';
import type { Releases } from './operations.ts';
import type { Organizations, Policies } from './organizations.ts';
import type { Readings, Rechecks, Scans, Staging } from './scans.ts';
import type { Batches, CalendarFeeds, Tokens, Uploads } from './tokens.ts';
import type { Users } from './users.ts';

/**
 * Everything one transaction can do. Only `tx` writes. Jobs and live messages are sent with its commit or not at all.
 */
export interface Tx {
  organizations: Organizations;
  policies: Policies;
  tokens: Tokens;
  scans: Scans;
  assets: Assets;
  staging: Staging;
  users: Users;
  releases: Releases;
  readings: Readings;
  thresholds: Thresholds;
  metadata: Metadata;
  uploads: Uploads;
  batches: Batches;
  calendarFeeds: CalendarFeeds;
  channels: Channels;
  rules: Rules;
  alerts: Alerts;
  pendingAlerts: PendingAlerts;
  deliveries: Deliveries;
  reports: Reports;
  hooks: Hooks;
  seals: Seals;
  rechecks: Rechecks;
  notifications: Notifications;
  events: Events;
  jobs: Jobs;
}

/**
 * What can be read without writing. Members that lock a row in `write` lock nothing here: other transactions can change
 * the result immediately, so a write that depends on it must read again in its own transaction.
 */
export interface View {
  policies: Pick<Policies, 'organizationOf' | 'tree'>;
  tokens: Pick<Tokens, 'byId' | 'byLocation'>;
  assets: Pick<Assets, 'list' | 'holders'>;
  metadata: Pick<Metadata, 'due'>;
  users: Pick<Users, 'reading'>;
  readings: Pick<Readings, 'of'>;
  rechecks: Pick<Rechecks, 'of'>;
  releases: Pick<Releases, 'byId'>;
  uploads: Pick<Uploads, 'byId' | 'linkByHash'>;
  batches: Pick<Batches, 'byId' | 'files' | 'nextFiles' | 'confirmer'>;
  channels: Pick<Channels, 'byId'>;
  hooks: Pick<Hooks, 'of' | 'byPath'>;
  seals: Pick<Seals, 'list'>;
}

export interface Store {
  /** Reads and never writes. Everything in one `read` comes from the same snapshot. */
  read<T>(work: (view: View) => Promise<T>): Promise<T>;
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The approximate number of rows of a long task for one transaction; others wait that long. */
  readonly sliceRows: number;
}
