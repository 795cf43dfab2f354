import { readFileSync } from 'node:fs';
import { type Api, createApi, routes } from '@winesap/api';
import {
  type AppleControl,
  type AppleLocation,
  addOrganization,
  bytesOf,
  createAppleControl,
  freePort,
  inspect,
  until,
} from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { startSimulator } from 'winesap-simulator';
import { makeOwner } from '../durability/make-owner.ts';
import { type ServerProcess, startServerProcess } from '../durability/server-process.ts';
import { readTruth, TruthHistory } from './truth.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Of these the clock stands still for a while, so that what one of them starts is seen by the next. */
const LAST_HOPS_MS = [20 * SECOND, 20 * SECOND, 20 * SECOND];
const KEPT_LINES = 2000;

/** A location with its token in Winesap, and all that was true of it. */
export interface FuzzLocation {
  at: AppleLocation;
  tokenId: string;
  /** The text of the file Winesap holds. Secret, but only the simulator's. */
  file: string;
  history: TruthHistory;
  /** The states Apple claims, or claimed until a moment ago, that its token is in. */
  mayBe: Set<string>;
  /** Apple tells, or told a while ago, of what is not there. */
  mayGain: boolean;
  /** And all it ever claimed, not as a slip. */
  was: Set<string>;
  /** And it is true: only a person can cure it. */
  isRevoked: boolean;
}

export interface FuzzWorld {
  apple: AppleControl;
  /** Of Apple's side, for other clients. */
  appleUrl: string;
  locations: FuzzLocation[];
  api: Api;
  isNotified: boolean;
  /** Milliseconds of Winesap's clock. */
  now(): number;
  /** Adds a location with its token; undefined when Apple's answers did not allow it. */
  add(): Promise<FuzzLocation | undefined>;
  /** A fresh file from the portal. */
  newFile(uId: string): Promise<string>;
  /** Reads what is true now, and remembers it. To be called after everything that happens at Apple. */
  note(location?: FuzzLocation): Promise<void>;
  /** Apple's clock alone: what it does later, it does now. */
  advanceApple(ms: number): Promise<void>;
  /** Both clocks, and waits until Winesap has nothing to do. */
  advance(ms: number): Promise<void>;
  /** Waits until nothing is scanned, checked or worked on; gives up after a while. */
  idle(): Promise<boolean>;
  restart(how: 'stop' | 'kill', meanwhile: () => Promise<void>): Promise<void>;
  /** Of the server's process. */
  residentBytes(): number;
  /** What the server said is broken in itself. */
  faultsInLog(): string[];
  end(): Promise<void>;
}

export interface FuzzWorldOptions {
  notified: boolean;
  pageSize: number;
  fleet: { assets: number; devices: number; assignmentsPerDevice: number; users: number };
}

/** Apple's side in small pages, and Winesap in a process of its own, whose clock can be put forward. */
export async function startFuzzWorld({ notified, pageSize, fleet }: FuzzWorldOptions): Promise<FuzzWorld> {
  const simulator = await startSimulator({ rateLimit: false, pageSize, clock: 'virtual' });
  const apple = createAppleControl(simulator.control);
  await apple.settings({ limits: { maxRequestPerSecond: 500 } });
  const { dataDir, remove } = await newDataFolder();
  const port = await freePort();
  let aheadMs = 0;
  const start = () =>
    startServerProcess(
      {
        WINESAP_PORT: port,
        WINESAP_DATA_DIR: dataDir,
        WINESAP_APPLE_URL: simulator.url,
        WINESAP_SCAN_HOURS: '1',
        WINESAP_CHECK_MINUTES: '10',
        WINESAP_METRICS_ASSETS: '100',
        WINESAP_LOG_LEVEL: 'warn',
        WINESAP_PUBLIC_URL: `http://127.0.0.1:${port}`,
        WINESAP_NOTIFICATIONS: notified ? 'on' : 'off',
      },
      { clockAheadMs: aheadMs },
    );
  let server: ServerProcess = await start();
  const owner = await makeOwner(server);
  const { key } = await owner.api.call(routes.addKey, { body: { name: 'fuzz', expiresAt: inYears(9).toISOString() } });
  const api = createApi({ baseUrl: server.url, headers: { 'x-api-key': key } });
  const locations: FuzzLocation[] = [];
  let added = 0;
  const now = () => Date.now() + aheadMs;

  const note: FuzzWorld['note'] = async (one) => {
    for (const location of one === undefined ? locations : [one])
      location.history.add(await readTruth(apple, location.at.uId), now());
  };
  const isIdle = async () => {
    const { tokens } = await api.call(routes.listTokens, { query: {} });
    if (tokens.some(({ scanning }) => scanning)) return false;
    const text = await (await api.open(routes.getMetrics, {})).text();
    return !/^winesap_queue_jobs\{queue="(\w|-)+",state="running"\} [1-9]/m.test(text) && !CHECKS_DUE.test(text);
  };
  const idle = async () => {
    let inARow = 0;
    return until(
      'Winesap to be idle',
      async () => {
        inARow = (await isIdle()) ? inARow + 1 : 0;
        return inARow;
      },
      (times) => times >= 2,
      { withinMs: 5000, everyMs: 30 },
    ).then(
      () => true,
      () => false,
    );
  };
  const hop = async (ms: number) => {
    aheadMs += ms;
    await apple.advance(ms);
    await server.advance(ms);
  };

  return {
    apple,
    appleUrl: simulator.url,
    locations,
    api,
    isNotified: notified,
    now,
    note,
    idle,
    add: async () => {
      added += 1;
      const name = `Orchard ${added}`;
      const at = await apple.addLocation({ orgName: `${name} Inc.`, locationName: name });
      await apple.buy(at.uId, { adamId: '900000901', quantity: 50, productType: 'Book' });
      await apple.fill(at.uId, { ...fleet, spare: 60 });
      const file = await apple.tokenFile(at.uId, { expiresAt: inYears(9) });
      const history = new TruthHistory();
      history.add(await readTruth(apple, at.uId), now());
      const { policyId } = await addOrganization(api, at.orgName);
      try {
        const { file: shown } = await inspect(api, file);
        const { token } = await api.call(routes.addToken, {
          params: { policyId },
          query: { fingerprint: shown.fingerprint, mode: 'manage' },
          body: bytesOf(file),
        });
        const { tokenId } = token;
        const held: FuzzLocation = {
          at,
          tokenId,
          file,
          history,
          mayBe: new Set(),
          mayGain: false,
          was: new Set(),
          isRevoked: false,
        };
        locations.push(held);
        return held;
      } catch {
        return undefined;
      }
    },
    newFile: (uId) => apple.tokenFile(uId, { expiresAt: inYears(9) }),
    advanceApple: async (ms) => {
      await apple.advance(ms);
    },
    advance: async (ms) => {
      await idle();
      const first = ms - LAST_HOPS_MS.reduce((sum, one) => sum + one, 0);
      for (const one of first > 0 ? [first, ...LAST_HOPS_MS] : [ms]) {
        await hop(one);
        await idle();
      }
      await note();
    },
    restart: async (how, meanwhile) => {
      await server[how]();
      await meanwhile();
      server = await start();
    },
    residentBytes: () => {
      const [, kib = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? [];
      return Number(kib) * 1024;
    },
    faultsInLog: () => {
      // What waited for the database when the clock was put forward has waited too long.
      const broken = server.lines.filter((line) => line.includes('"level":"error"') && !line.includes('database.away'));
      server.lines.splice(0, Math.max(0, server.lines.length - KEPT_LINES));
      return broken;
    },
    end: async () => {
      await server.kill();
      await simulator.close();
      remove();
    },
  };
}

/** Nothing is to expire in hours of days that pass in a moment. */
function inYears(years: number): Date {
  return new Date(Date.now() + years * 365 * 24 * 60 * MINUTE);
}

const CHECKS_DUE = /^winesap_queue_jobs\{queue="check",state="waiting"\} [1-9]/m;

export { MINUTE, SECOND };
