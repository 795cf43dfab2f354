import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { type Role, routes } from '@winesap/api';
import { serve } from '@winesap/server';
import { type Database, type DatabaseOptions, openDatabase } from '@winesap/server/store/open-database';
import { type Simulator, type SimulatorOptions, startSimulator } from 'winesap-simulator';
import { type AppleControl, createAppleControl } from './apple/apple-control.ts';
import { newDataFolder } from './database/data-folder.ts';
import { createTestDatabase } from './database/postgres.ts';
import { freePort } from './free-port.ts';
import { OWNER, type Session, signIn } from './session.ts';
import { createStrictApi } from './strict-api.ts';

export type Engine = 'embedded' | 'postgres';

export interface StackOptions {
  /** Default: embedded. */
  engine?: Engine;
  simulator?: SimulatorOptions;
  /** Additional settings of the server. */
  env?: Record<string, string>;
  /** Apple reaches this Winesap: it has a public address, and notifications arrive. */
  notified?: boolean;
  /** Leaves the first run to the test: there is no owner yet; `setupCode` creates one. */
  firstRun?: boolean;
}

/** Apple's side, a server on its own database, and its owner, signed in. */
export interface Stack {
  url: string;
  engine: Engine;
  apple: AppleControl;
  /** The address of Apple's side, for other programs. */
  appleUrl: string;
  owner: Session;
  /** The setup code that the server printed at its first start. */
  setupCode: string;
  /** Everything that the server logged, one JSON line each. */
  log: string[];
  /** The folder of the embedded database and of the keys. */
  dataDir: string;
  /** Creates a person with this role. */
  join(role: Role, name?: string): Promise<Session>;
  /** Opens the database beside the running server. */
  withDatabase<T>(look: (database: Database) => Promise<T>): Promise<T>;
  /** Stops the server and starts it again at the same address, with the contents of its database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const engine = options.engine ?? 'embedded';
  const simulator = await startSimulator({ rateLimit: false, ...options.simulator });
  const { dataDir } = await newDataFolder();
  const base = engine === 'postgres' ? await createTestDatabase() : null;
  const log: string[] = [];
  const fixedPort = options.notified === true ? await freePort() : '0';
  const env = {
    ...(fixedPort === '0' ? {} : { WINESAP_PUBLIC_URL: `http://127.0.0.1:${fixedPort}` }),
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: dataDir,
    WINESAP_APPLE_URL: simulator.url,
    ...(base === null ? {} : { WINESAP_DATABASE_URL: base.url }),
    ...options.env,
  };
  let database: Database | undefined;
  const open = async (place: DatabaseOptions): Promise<Database> => {
    const first = database === undefined;
    database = await openDatabase(place);
    // All new databases are copies of one, but two installations at one Apple must differ.
    if (first) await database.db.updateTable('installation').set({ id: randomUUID() }).execute();
    return database;
  };
  const start = (port: string) =>
    serve({ env: { ...env, WINESAP_PORT: port }, log: { write: (line: string) => log.push(line) }, open });

  let server = await start(fixedPort).catch(async (error: unknown) => {
    await clear(simulator, base, dataDir);
    throw error;
  });
  const { url } = server;
  const setupCode = server.setupCode ?? '';
  const owner = options.firstRun === true ? nobody(url) : await makeOwner(url, setupCode);

  return {
    url,
    engine,
    apple: createAppleControl(simulator.control),
    appleUrl: simulator.url,
    owner,
    setupCode,
    log,
    dataDir,
    join: async (role, name = `${role} ${log.length}`) => {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@winesap.example`;
      const person = { name, email, password: `${role}-picks-apples-${log.length}` };
      await owner.api.call(routes.addPerson, { body: { ...person, role } });
      return signIn(url, person);
    },
    withDatabase: (look) => {
      if (database === undefined) throw new Error('The database was never opened.');
      return look(database);
    },
    restart: async () => {
      await server.stop();
      server = await start(new URL(url).port);
    },
    stop: async () => {
      await server.stop();
      await clear(simulator, base, dataDir);
    },
  };
}

async function clear(simulator: Simulator, base: { drop(): Promise<void> } | null, dataDir: string): Promise<void> {
  await simulator.close();
  await base?.drop();
  await rm(dataDir, { recursive: true, force: true });
}

async function makeOwner(url: string, setupCode: string): Promise<Session> {
  await createStrictApi({ baseUrl: url, headers: { origin: url } }).call(routes.setUp, {
    body: { ...OWNER, setupCode },
  });
  return signIn(url, OWNER);
}

function nobody(url: string): Session {
  return { ...OWNER, cookie: '', api: createStrictApi({ baseUrl: url, headers: { origin: url } }) };
}
