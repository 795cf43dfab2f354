import { access } from './routes/access.ts';
import { alerts } from './routes/alerts.ts';
import { batches } from './routes/batches.ts';
import { calendar } from './routes/calendar.ts';
import { channels } from './routes/channels.ts';
import { licenses } from './routes/licenses.ts';
import { log } from './routes/log.ts';
import { metrics } from './routes/metrics.ts';
import { notifications } from './routes/notifications.ts';
import { policyAssets } from './routes/policy-assets.ts';
import { releases } from './routes/releases.ts';
import { scans } from './routes/scans.ts';
import { thresholds } from './routes/thresholds.ts';
import { tokens } from './routes/tokens.ts';
import { tree } from './routes/tree.ts';
import { uploads } from './routes/uploads.ts';
import { users } from './routes/users.ts';

const groups = {
  access,
  tree,
  policyAssets,
  tokens,
  scans,
  licenses,
  users,
  releases,
  thresholds,
  uploads,
  batches,
  alerts,
  channels,
  log,
  metrics,
  calendar,
  notifications,
};

/** Every route of Winesap's HTTP API, by operation id. */
export const routes = {
  ...groups.access,
  ...groups.tree,
  ...groups.policyAssets,
  ...groups.tokens,
  ...groups.scans,
  ...groups.licenses,
  ...groups.users,
  ...groups.releases,
  ...groups.thresholds,
  ...groups.uploads,
  ...groups.batches,
  ...groups.alerts,
  ...groups.channels,
  ...groups.log,
  ...groups.metrics,
  ...groups.calendar,
  ...groups.notifications,
};

/** The same, grouped by the file that defines them: the server's handlers are in matching files. */
export type RouteGroups = typeof groups;
export type Routes = typeof routes;
export type RouteId = keyof Routes;
