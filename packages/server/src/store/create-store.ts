import type { Jobs, Store, Tx, View } from '@winesap/core';
import type { Kysely, Transaction } from 'kysely';
import { createAlerts } from './alerts/alerts.ts';
import { createChannels } from './alerts/channels.ts';
import { createDeliveries } from './alerts/deliveries.ts';
import { createEvents } from './alerts/events.ts';
import { createPendingAlerts } from './alerts/pending-alerts.ts';
import { createReports } from './alerts/reports.ts';
import { createRules } from './alerts/rules.ts';
import type { Database } from './engine/open-database.ts';
import { createHooks } from './hooks/hooks.ts';
import { createSeals } from './installation/seals.ts';
import { createAssets } from './licenses/assets.ts';
import { createMetadata } from './licenses/metadata.ts';
import { createThresholds } from './licenses/thresholds.ts';
import { createNotifications } from './notifications/notifications.ts';
import { createReleases } from './operations/releases.ts';
import { createOrganizations } from './organizations/organizations.ts';
import { createPolicies } from './organizations/policies.ts';
import { createReadings } from './scans/readings.ts';
import { createRechecks } from './scans/rechecks.ts';
import { createScans } from './scans/scans.ts';
import { createStaging } from './scans/staging.ts';
import type { Tables } from './tables.ts';
import { createBatches } from './tokens/batches.ts';
import { createCalendarFeeds } from './tokens/calendar-feeds.ts';
import { createTokens } from './tokens/tokens.ts';
import { createUploads } from './tokens/uploads.ts';
import { createUsers } from './users/users.ts';

/**
 * Rows of a scan in one transaction. On the embedded engine, screens wait for it: about a twentieth of a second. On a
 * server, only changes of the same location wait, and more rows share the cost of a transaction.
 */
const SLICE_ROWS: Record<Database['engine'], number> = { embedded: 3000, postgres: 10_000 };

/** Creates the store over one database. `jobsIn` enqueues within a given transaction. */
export function createStore(
  db: Kysely<Tables>,
  jobsIn: (trx: Transaction<Tables>) => Jobs,
  engine: Database['engine'] = 'embedded',
): Store {
  return {
    sliceRows: SLICE_ROWS[engine],
    // A server refuses writes and locks in it; one snapshot answers all queries.
    read: (work) =>
      db
        .transaction()
        .setAccessMode('read only')
        .setIsolationLevel('repeatable read')
        .execute((trx) => work(openView(trx))),
    write: (work) => db.transaction().execute((trx) => work(openTx(trx, jobsIn(trx)))),
  };
}

function openView(trx: Transaction<Tables>): View {
  return {
    policies: createPolicies(trx, 'none'),
    tokens: createTokens(trx, 'none'),
    assets: createAssets(trx),
    metadata: createMetadata(trx),
    users: createUsers(trx),
    readings: createReadings(trx),
    rechecks: createRechecks(trx),
    releases: createReleases(trx),
    uploads: createUploads(trx, 'none'),
    batches: createBatches(trx, 'none'),
    channels: createChannels(trx, 'none'),
    hooks: createHooks(trx, 'none'),
    seals: createSeals(trx),
  };
}

function openTx(trx: Transaction<Tables>, jobs: Jobs): Tx {
  return {
    organizations: createOrganizations(trx),
    policies: createPolicies(trx),
    tokens: createTokens(trx),
    scans: createScans(trx),
    assets: createAssets(trx),
    staging: createStaging(trx),
    users: createUsers(trx),
    releases: createReleases(trx),
    readings: createReadings(trx),
    thresholds: createThresholds(trx),
    metadata: createMetadata(trx),
    uploads: createUploads(trx),
    batches: createBatches(trx),
    calendarFeeds: createCalendarFeeds(trx),
    channels: createChannels(trx),
    rules: createRules(trx),
    alerts: createAlerts(trx),
    pendingAlerts: createPendingAlerts(trx),
    deliveries: createDeliveries(trx),
    reports: createReports(trx),
    hooks: createHooks(trx),
    seals: createSeals(trx),
    rechecks: createRechecks(trx),
    notifications: createNotifications(trx),
    events: createEvents(trx),
    jobs,
  };
}
