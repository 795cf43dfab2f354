import assets from '../schemas/assets.json' with { type: 'json' };
import assignments from '../schemas/assignments.json' with { type: 'json' };
import catalog from '../schemas/catalog.json' with { type: 'json' };
import clientConfig from '../schemas/client-config.json' with { type: 'json' };
import common from '../schemas/common.json' with { type: 'json' };
import events from '../schemas/events.json' with { type: 'json' };
import metadataLookup from '../schemas/metadata-lookup.json' with { type: 'json' };
import notifications from '../schemas/notifications.json' with { type: 'json' };
import serviceConfig from '../schemas/service-config.json' with { type: 'json' };
import subscriptions from '../schemas/subscriptions.json' with { type: 'json' };
import tokenFile from '../schemas/token-file.json' with { type: 'json' };
import users from '../schemas/users.json' with { type: 'json' };
import v1 from '../schemas/v1.json' with { type: 'json' };
import v1Licenses from '../schemas/v1-licenses.json' with { type: 'json' };
import v1Users from '../schemas/v1-users.json' with { type: 'json' };
import type { SchemaDocument } from './entries.ts';

/** All schema documents by area; a schema `assets#/$defs/Asset` has the absolute name `urn:winesap:contract:assets#/$defs/Asset`. */
export const schemas = {
  assets: assets,
  assignments: assignments,
  catalog: catalog,
  'client-config': clientConfig,
  common: common,
  events: events,
  'metadata-lookup': metadataLookup,
  notifications: notifications,
  'service-config': serviceConfig,
  subscriptions: subscriptions,
  'token-file': tokenFile,
  users: users,
  v1: v1,
  'v1-licenses': v1Licenses,
  'v1-users': v1Users,
} as unknown as Readonly<Record<SchemaArea, SchemaDocument>>;

export type SchemaArea =
  | 'assets'
  | 'assignments'
  | 'catalog'
  | 'client-config'
  | 'common'
  | 'events'
  | 'metadata-lookup'
  | 'notifications'
  | 'service-config'
  | 'subscriptions'
  | 'token-file'
  | 'users'
  | 'v1'
  | 'v1-licenses'
  | 'v1-users';
