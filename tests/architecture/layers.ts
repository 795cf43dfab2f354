/**
 * What one part of a package may import: parts of the same package by path (`store`, `store/live.ts`), and
 * libraries by name. Each with the reason. Node's own modules are not listed.
 */
export interface LayerRule {
  imports: Readonly<Record<string, string>>;
  /** Types only: nothing of it runs here. */
  types?: Readonly<Record<string, string>>;
}

/** By first folder, or file, under `src`. An import that is not listed is refused; so is a part that is not listed. */
export type LayerTable = Readonly<Record<string, LayerRule>>;

const LOGS = { 'log/create-log.ts': 'what happens is told through the interface of the log' };
const SCHEMA = { 'store/tables.ts': 'the names and types of the tables', kysely: 'the type of a database handle' };

export const SERVER_LAYERS: LayerTable = {
  'index.ts': {
    imports: {
      'main.ts': 'what the package offers',
      'reseal-rows.ts': 'what the package offers',
      'reset-password.ts': 'what the package offers',
      config: 'the error that starting can end with',
    },
  },
  'main.ts': {
    imports: {
      'compose.ts': 'starts what is put together there',
      config: 'reads the settings',
      log: 'opens the log',
    },
  },
  'compose.ts': {
    imports: {
      '@winesap/core': 'a use case to run at start',
      apple: 'puts it together',
      auth: 'puts it together',
      config: 'the settings it is given, and what follows from them',
      inbox: 'puts it together',
      http: 'puts it together',
      jobs: 'puts it together',
      'live-feed.ts': 'puts it together',
      metrics: 'puts it together',
      notify: 'puts it together',
      seal: 'puts it together',
      'start-warnings.ts': 'says what a person should know',
      store: 'puts it together',
      'version.ts': 'says which version runs',
    },
    types: { ...LOGS },
  },
  // A second, small composition: database and people without a server, for who has the machine and no way in.
  'reset-password.ts': {
    imports: {
      '@winesap/core': 'refuses by code',
      auth: 'sets the password',
      config: 'reads the settings',
      'open-existing.ts': 'opens the database',
    },
  },
  // A third one: database and keys.
  'reseal-rows.ts': {
    imports: {
      '@winesap/core': 'the use case',
      config: 'reads the settings, finds the keys',
      'open-existing.ts': 'opens the database',
      seal: 'opens and seals',
      store: 'finds what is sealed',
    },
  },
  // What a person should know who reads the first lines of the log.
  'start-warnings.ts': {
    imports: {},
    types: { '@winesap/core': 'what was sealed', config: 'how the database is reached', seal: 'its keys', ...LOGS },
  },
  'prepare-database.ts': {
    imports: { 'store/engine': 'opens and migrates', jobs: 'makes the queues', log: 'for the queues, silent' },
  },
  'open-existing.ts': { imports: { 'store/engine': 'opens the database' }, types: { config: 'says where it is' } },
  'version.ts': { imports: { '../package.json': 'the version stands there' } },
  // Carries committed changes from the database to whoever watches: a piece of wiring too long for compose.ts.
  'live-feed.ts': {
    imports: { 'store/live.ts': 'the channel', 'store/*/reads': 'what watchers are shown' },
    types: {
      '@winesap/api': 'what watchers are told',
      'http/edge/live-hub.ts': 'whom to tell',
      'store/changes.ts': 'counts what is heard',
      'store/engine/open-database.ts': 'where it is heard',
      ...LOGS,
    },
  },
  config: { imports: { zod: 'settings are a schema' } },
  log: { imports: { pino: 'writes the lines' } },
  seal: {
    imports: { jose: 'seals', zod: 'reads the key file', '@winesap/core': 'the port it fills, the error it throws' },
  },
  apple: {
    imports: {
      '@winesap/apple-client': 'the one place that knows Apple’s spelling',
      '@winesap/core': 'the port it fills, the failure it throws',
    },
  },
  auth: {
    imports: {
      '@better-auth/api-key': 'makes and hashes keys',
      '@winesap/core': 'refusals by code',
      'better-auth': 'signs people in',
      'better-auth/crypto': 'hashes passwords',
      kysely: 'people and keys are rows; the library’s own tables, so not behind the store',
    },
    types: { '@winesap/api': 'people and keys as the API shows them', ...SCHEMA, ...LOGS },
  },
  notify: {
    imports: {
      nodemailer: 'speaks SMTP',
      standardwebhooks: 'signs webhooks',
      zod: 'settings of a channel are a schema',
      '@winesap/core': 'the ports it fills',
    },
    types: { '@winesap/api': 'which kinds of channel there are' },
  },
  store: {
    imports: {
      '@electric-sql/pglite': 'the embedded engine',
      '@electric-sql/pglite/nodefs': 'the embedded engine’s folder',
      '@winesap/core': 'the port it fills; the words and rules that screens show',
      kysely: 'queries',
      pg: 'the server engine',
    },
    // A screen's query and the answer of the API have the same shape: a second set of types would only be copied over.
    types: { '@winesap/api': 'what reads/ gives' },
  },
  // A second, small composition: the rules and the adapter to Apple, without HTTP, database and people.
  check: {
    imports: {
      '@winesap/core': 'what a file is, how a token fares, the words for it',
      apple: 'asks Apple',
      'http/refusals/errors.ts': 'the words for files that are something else; the file itself loads nothing',
      'metrics/text-format.ts': 'the text form of the report',
      'version.ts': 'says which version asks',
    },
  },
  calendar: {
    imports: { '@winesap/core': 'which portal', 'ical-generator': 'writes the text' },
    types: { 'store/*/reads': 'what is written' },
  },
  metrics: {
    imports: { 'prom-client': 'counts, and writes the text', '@winesap/core': 'the states of a token' },
  },
  jobs: {
    imports: {
      '@winesap/core': 'each job calls one use case',
      'pg-boss': 'the queue',
      kysely: 'counts what waits; the queue’s own tables, so not behind the store',
      'store/engine/embedded/tidy.ts': 'care of the embedded engine is no use case, and a port would only forward',
    },
    types: {
      'store/engine/open-database.ts': 'the queue lives in the same database',
      'store/tables.ts': SCHEMA['store/tables.ts'],
      ...LOGS,
    },
  },
  inbox: {
    imports: { '@winesap/core': 'keeps what arrives, says what is refused' },
    types: LOGS,
  },
  http: {
    imports: {
      '@fastify/static': 'the console’s files',
      '@winesap/api': 'the routes, as data',
      '@winesap/core': 'use cases; refusals by code',
      calendar: 'the answer of the feed',
      'csv-stringify': 'exports',
      fastify: 'HTTP',
      helmet: 'headers',
      zod: 'schemas of the routes; the one of no body',
      // Questions have no rules to keep: a port and a use case in between would only forward (docs/adr/0016).
      'store/*/reads': 'screens are read straight from the database',
      'store/reads': 'places in lists',
    },
    types: {
      'auth/caller.ts': 'who is asking',
      'auth/create-auth.ts': 'whom to ask who that is',
      'inbox/create-inbox.ts': 'where notifications go',
      'jobs/queue-depths.ts': 'what the metrics tell',
      'store/changes.ts': 'whether what is kept still holds',
      'metrics/create-metrics.ts': 'what the metrics tell',
      ...SCHEMA,
      ...LOGS,
    },
  },
};

export const CORE_LAYERS: LayerTable = {
  'index.ts': { imports: { index: 'offers, subject by subject' } },
  index: { imports: { domain: 'offers', ports: 'offers', 'use-cases': 'offers', 'errors.ts': 'offers' } },
  'errors.ts': { imports: {} },
  domain: { imports: {}, types: { 'errors.ts': 'codes of what a file is instead' } },
  ports: { imports: {}, types: { domain: 'what goes in and out', 'errors.ts': 'codes that an adapter refuses with' } },
  'use-cases': {
    imports: { domain: 'rules', 'errors.ts': 'refusals' },
    types: { ports: 'what a use case is given' },
  },
};
