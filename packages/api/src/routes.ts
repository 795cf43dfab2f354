import { access } from './routes/access.ts';
import { alerts } from './routes/alerts.ts';
import { calendar } from './routes/calendar.ts';
import { channels } from './routes/channels.ts';
import { licenses } from './routes/licenses.ts';
import { log } from './routes/log.ts';
import { metrics } from './routes/metrics.ts';
import { notifications } from './routes/notifications.ts';
import { releases } from './routes/releases.ts';
import { thresholds } from './routes/thresholds.ts';
import { tokens } from './routes/tokens.ts';
import { tree } from './routes/tree.ts';
import { uploads } from './routes/uploads.ts';
import { users } from './routes/users.ts';

/** Every route of Winesap's HTTP API, by operation id. */
export const routes = {
  ...access,
  ...tree,
  ...tokens,
  ...licenses,
  ...users,
  ...releases,
  ...thresholds,
  ...uploads,
  ...alerts,
  ...channels,
  ...log,
  ...metrics,
  ...calendar,
  ...notifications,
};

export type Routes = typeof routes;
export type RouteId = keyof Routes;
