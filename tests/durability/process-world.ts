import { type Api, createApi, routes } from '@winesap/api';
import { type AppleControl, type AppleLocation, createAppleControl, OWNER, signIn } from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { startSimulator } from 'winesap-simulator';
import { addToken, type Fleet } from './add-token.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export interface ProcessWorld {
  apple: AppleControl;
  /** The process that runs now. */
  server(): ServerProcess;
  /** The API by a key that outlives every process. */
  api(): Api;
  /** Starts the next process on the same data, after the one before has ended. */
  startAgain(): Promise<void>;
  /** A location with licenses, and its token added to Winesap and read: the token's id, and where it is at Apple. */
  hold(name: string, fleet: Fleet): Promise<[tokenId: string, location: AppleLocation]>;
  end(): Promise<void>;
}

/** Apple's side in small slow pages, so that scans take a while, and a server process on the embedded database. */
export async function startProcessWorld(): Promise<ProcessWorld> {
  const simulator = await startSimulator({ rateLimit: false, pageSize: 50, latencyMs: 15 });
  const apple = createAppleControl(simulator.control);
  const { dataDir, remove } = await newDataFolder();
  const start = () =>
    startServerProcess({ WINESAP_PORT: '0', WINESAP_DATA_DIR: dataDir, WINESAP_APPLE_URL: simulator.url });

  let server = await start();
  await createApi({ baseUrl: server.url, headers: { origin: server.url } }).call(routes.setUp, { body: OWNER });
  const owner = await signIn(server.url, OWNER);
  const { key } = await owner.api.call(routes.addKey, { body: { name: 'the test' } });
  const api = () => createApi({ baseUrl: server.url, headers: { 'x-api-key': key } });

  return {
    apple,
    api,
    server: () => server,
    startAgain: async () => {
      server = await start();
    },
    hold: (name, fleet) => addToken(api(), simulator, name, fleet),
    end: async () => {
      await server.kill();
      await simulator.close();
      remove();
    },
  };
}
