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
  /** Apple reaches this Winesap: it keeps its address, and notifications arrive. */
  notified?: boolean;
  /** Where the server finds Apple's side, if not at its own address. */
  through?: (appleUrl: string) => Promise<string>;
}

export interface ProcessWorld {
  apple: AppleControl;
  /** The address of Apple's side, for other programs. */
  appleUrl: string;
  /** The current process. */
  server(): ServerProcess;
  /** The API with a key that outlives every process. */
  api(): Api;
  /** Starts the next process on the same data, after the previous one has ended. */
  startAgain(): Promise<void>;
  /** Reads or changes the database. On the embedded engine, only while no process runs. */
  withDatabase<T>(look: (database: Database) => Promise<T>): Promise<T>;
  /** Creates a location with licenses and adds its token to Winesap, which starts to scan it. */
  add(name: string, fleet: Fleet): Promise<AddedToken>;
  /** The same, after the scan: the token's ID, and its location at Apple. */
  hold(name: string, fleet: Fleet): Promise<[tokenId: string, location: AppleLocation]>;
  end(): Promise<void>;
}

/** Apple's side in small slow pages, so that scans take a while, and a server process on its own database. */
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
