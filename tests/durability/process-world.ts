import { type Api, createApi, routes } from '@winesap/api';
import { type Database, type DatabaseOptions, openDatabase } from '@winesap/server/store/open-database';
import {
  type AppleControl,
  type AppleLocation,
  createAppleControl,
  type Engine,
  freePort,
  scanned,
} from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { type SimulatorOptions, startSimulator } from 'winesap-simulator';
import { type AddedToken, addToken, type Fleet } from './add-token.ts';
import { makeOwner } from './make-owner.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface ProcessWorldOptions {
  /** Default: embedded. */
  engine?: Engine;
  simulator?: SimulatorOptions;
  /** Apple reaches this Winesap: it keeps its address, and notifications come. */
  notified?: boolean;
  /** Where the server finds Apple's side, when not at its own address. */
  through?: (appleUrl: string) => Promise<string>;
}

export interface ProcessWorld {
  apple: AppleControl;
  /** Of Apple's side, for programs that are pointed at it. */
  appleUrl: string;
  /** The process that runs now. */
  server(): ServerProcess;
  /** The API by a key that outlives every process. */
  api(): Api;
  /** Starts the next process on the same data, after the one before has ended. */
  startAgain(): Promise<void>;
  /** Looks into the database, or changes it. On the embedded engine only while no process runs. */
  withDatabase<T>(look: (database: Database) => Promise<T>): Promise<T>;
  /** A location with licenses, and its token added to Winesap, which now reads it. */
  add(name: string, fleet: Fleet): Promise<AddedToken>;
  /** The same, read and at rest: the token's id, and where it is at Apple. */
  hold(name: string, fleet: Fleet): Promise<[tokenId: string, location: AppleLocation]>;
  end(): Promise<void>;
}

/** Apple's side in small slow pages, so that scans take a while, and a server process on a database of its own. */
export async function startProcessWorld(options: ProcessWorldOptions = {}): Promise<ProcessWorld> {
  const simulator = await startSimulator({ rateLimit: false, pageSize: 50, latencyMs: 15, ...options.simulator });
  const appleUrl = (await options.through?.(simulator.url)) ?? simulator.url;
  const { dataDir, remove } = await newDataFolder();
  const base = options.engine === 'postgres' ? await createTestDatabase() : null;
  const place: DatabaseOptions =
    base === null ? { kind: 'embedded', dataDir } : { kind: 'postgres', url: base.url, poolSize: 1 };
  const port = options.notified === true ? await freePort() : '0';
  const start = () =>
    startServerProcess({
      WINESAP_PORT: port,
      WINESAP_DATA_DIR: dataDir,
      WINESAP_APPLE_URL: appleUrl,
      ...(base === null ? {} : { WINESAP_DATABASE_URL: base.url }),
      ...(port === '0' ? {} : { WINESAP_PUBLIC_URL: `http://127.0.0.1:${port}` }),
    });

  let server = await start();
  const owner = await makeOwner(server);
  const { key } = await owner.api.call(routes.addKey, { body: { name: 'the test' } });
  const api = () => createApi({ baseUrl: server.url, headers: { 'x-api-key': key } });
  const add = (name: string, fleet: Fleet) => addToken(api(), simulator, name, fleet);

  return {
    apple: createAppleControl(simulator.control),
    appleUrl: simulator.url,
    api,
    server: () => server,
    startAgain: async () => {
      server = await start();
    },
    withDatabase: async (look) => {
      const database = await openDatabase(place);
      try {
        return await look(database);
      } finally {
        await database.close();
      }
    },
    add,
    hold: async (name, fleet) => {
      const { tokenId, location } = await add(name, fleet);
      await scanned(api(), tokenId);
      return [tokenId, location];
    },
    end: async () => {
      await server.kill();
      await simulator.close();
      await base?.drop();
      remove();
    },
  };
}
