import { randomBytes } from 'node:crypto';
import { type Api, createApi, routes } from '@winesap/api';
import { type Database, openDatabase } from '@winesap/server/store/open-database';
import { type AppleControl, type AppleLocation, createAppleControl, scanned } from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { createTestDatabase } from '@winesap/testkit/postgres';
import { type SimulatorOptions, startSimulator } from 'winesap-simulator';
import { addToken, type Fleet } from './add-token.ts';
import { makeOwner } from './make-owner.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** Several processes of one installation, on one PostgreSQL server, as on several machines. */
export interface SharedWorld {
  apple: AppleControl;
  processes: ServerProcess[];
  /** One more process of the installation. */
  start(command: 'serve' | 'worker', env?: Record<string, string>): Promise<ServerProcess>;
  /** The API, as one of the processes serves it. */
  api(process: ServerProcess): Api;
  /** Reads or changes the database directly. */
  withDatabase<T>(look: (database: Database) => Promise<T>): Promise<T>;
  hold(name: string, fleet: Fleet, by?: ServerProcess): Promise<[tokenId: string, location: AppleLocation]>;
  end(): Promise<void>;
}

export async function startSharedWorld(simulatorOptions: SimulatorOptions): Promise<SharedWorld> {
  const simulator = await startSimulator(simulatorOptions);
  const base = await createTestDatabase();
  const folder = await newDataFolder();
  const env = {
    WINESAP_PORT: '0',
    WINESAP_DATA_DIR: folder.dataDir,
    WINESAP_DATABASE_URL: base.url,
    WINESAP_APPLE_URL: simulator.url,
    WINESAP_SEAL_KEY: randomBytes(32).toString('base64'),
    WINESAP_LOG_LEVEL: 'debug',
  };
  const first = await startServerProcess(env);
  const owner = await makeOwner(first);
  const { key } = await owner.api.call(routes.addKey, { body: { name: 'the test' } });
  const processes = [first, await startServerProcess(env)];
  const api = ({ url }: ServerProcess) => createApi({ baseUrl: url, headers: { 'x-api-key': key } });

  return {
    apple: createAppleControl(simulator.control),
    processes,
    start: async (command, more = {}) => {
      const one = await startServerProcess({ ...env, ...more }, { command });
      processes.push(one);
      return one;
    },
    api,
    withDatabase: async (look) => {
      const database = await openDatabase({ kind: 'postgres', url: base.url, poolSize: 1 });
      try {
        return await look(database);
      } finally {
        await database.close();
      }
    },
    hold: async (name, fleet, by = first) => {
      const { tokenId, location } = await addToken(api(by), simulator, name, fleet);
      await scanned(api(by), tokenId);
      return [tokenId, location];
    },
    end: async () => {
      for (const one of processes) await one.kill();
      await simulator.close();
      await base.drop();
      folder.remove();
    },
  };
}
