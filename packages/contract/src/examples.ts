import assets from '../examples/assets.json' with { type: 'json' };
import assignments from '../examples/assignments.json' with { type: 'json' };
import catalog from '../examples/catalog.json' with { type: 'json' };
import clientConfig from '../examples/client-config.json' with { type: 'json' };
import common from '../examples/common.json' with { type: 'json' };
import events from '../examples/events.json' with { type: 'json' };
import metadataLookup from '../examples/metadata-lookup.json' with { type: 'json' };
import notifications from '../examples/notifications.json' with { type: 'json' };
import serviceConfig from '../examples/service-config.json' with { type: 'json' };
import subscriptions from '../examples/subscriptions.json' with { type: 'json' };
import tokenFile from '../examples/token-file.json' with { type: 'json' };
import users from '../examples/users.json' with { type: 'json' };
import v1 from '../examples/v1.json' with { type: 'json' };
import v1Licenses from '../examples/v1-licenses.json' with { type: 'json' };
import v1Users from '../examples/v1-users.json' with { type: 'json' };
import type { Example } from './entries.ts';

/** Bodies in the shape of every schema that matters; made up, and checked against the schemas by a test. */
export const examples: readonly Example[] = [
  ...assets,
  ...assignments,
  ...catalog,
  ...clientConfig,
  ...common,
  ...events,
  ...metadataLookup,
  ...notifications,
  ...serviceConfig,
  ...subscriptions,
  ...tokenFile,
  ...users,
  ...v1,
  ...v1Licenses,
  ...v1Users,
] as Example[];
