import type { Jobs, Store, Tx } from '@winesap/core';
import type { Kysely, Transaction } from 'kysely';
import { createAlerts } from './alerts.ts';
import { createAssets } from './assets.ts';
import { createCalendarFeeds } from './calendar-feeds.ts';
import { createChannels } from './channels.ts';
import { createCounts } from './counts.ts';
import { createDeliveries } from './deliveries.ts';
import { createDoubts } from './doubts.ts';
import type { Database } from './engine/open-database.ts';
import { createEvents } from './events.ts';
import { createHooks } from './hooks.ts';
import { createMetadata } from './metadata.ts';
import { createNotifications } from './notifications.ts';
import { createOrganizations } from './organizations.ts';
import { createPolicies } from './policies.ts';
import { createReadings } from './readings.ts';
import { createReleases } from './releases.ts';
import { createReports } from './reports.ts';
import { createRules } from './rules.ts';
import { createScans } from './scans.ts';
import { createSeals } from './seals.ts';
import { createStaging } from './staging.ts';
import type { Tables } from './tables.ts';
import { createTellings } from './tellings.ts';
import { createThresholds } from './thresholds.ts';
import { createTokens } from './tokens.ts';
import { createUploads } from './uploads.ts';
import { createUsers } from './users.ts';

/**
 * Rows of a scan in one transaction. On the embedded engine a screen waits for it: some twentieth of a second. On a server
 * nobody does but who changes the same location, and what each transaction costs is divided by more rows.
 */
const SLICE_ROWS: Record<Database['engine'], number> = { embedded: 3000, postgres: 10_000 };

/** The store over one database. `jobsIn` enqueues within a given transaction. */
export function createStore(
  db: Kysely<Tables>,
  jobsIn: (trx: Transaction<Tables>) => Jobs,
  engine: Database['engine'] = 'embedded',
): Store {
  return {
    sliceRows: SLICE_ROWS[engine],
    write: (work) => db.transaction().execute((trx) => work(openTx(trx, jobsIn(trx)))),
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
    counts: createCounts(trx),
    releases: createReleases(trx),
    readings: createReadings(trx),
    thresholds: createThresholds(trx),
    metadata: createMetadata(trx),
    uploads: createUploads(trx),
    calendarFeeds: createCalendarFeeds(trx),
    channels: createChannels(trx),
    rules: createRules(trx),
    alerts: createAlerts(trx),
    tellings: createTellings(trx),
    deliveries: createDeliveries(trx),
    reports: createReports(trx),
    hooks: createHooks(trx),
    seals: createSeals(trx),
    doubts: createDoubts(trx),
    notifications: createNotifications(trx),
    events: createEvents(trx),
    jobs,
  };
}
