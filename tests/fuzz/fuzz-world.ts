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
/** The clock stands still during these, so that one sees the effects of the other. */
const LAST_HOPS_MS = [20 * SECOND, 20 * SECOND, 20 * SECOND];
const KEPT_LINES = 2000;

/** A location with its token in Winesap, and everything that was true about it. */
export interface FuzzLocation {
  at: AppleLocation;
  tokenId: string;
  /** The text of the file in Winesap. A secret, but only the simulator's. */
  file: string;
  history: TruthHistory;
  /** The token states that Apple claims, or claimed until a moment ago. */
  mayBe: Set<string>;
  /** Apple lists, or recently listed, things that do not exist. */
  mayGain: boolean;
  /** Everything it ever claimed, except single slips. */
  was: Set<string>;
  /** The claim is true: only a person can fix it. */
  isRevoked: boolean;
}

export interface FuzzWorld {
  apple: AppleControl;
  /** The address of Apple's side, for other clients. */
  appleUrl: string;
  locations: FuzzLocation[];
  api: Api;
  isNotified: boolean;
  /** Milliseconds of Winesap's clock. */
  now(): number;
  /** Adds a location with its token; undefined if Apple's answers did not allow it. */
  add(): Promise<FuzzLocation | undefined>;
  /** Returns a new file from the portal. */
  newFile(uId: string): Promise<string>;
  /** Reads and records the current truth. Call it after everything that happens at Apple. */
  note(location?: FuzzLocation): Promise<void>;
  /** Moves only Apple's clock, so that what it would do later happens now. */
  advanceApple(ms: number): Promise<void>;
  /** Moves both clocks, and waits until Winesap is idle. */
  advance(ms: number): Promise<void>;
  /** Waits until no scan, check, or notification is pending; gives up after a while. */
  idle(): Promise<boolean>;
  restart(how: 'stop' | 'kill', meanwhile: () => Promise<void>): Promise<void>;
  /** Of the server's process. */
  residentBytes(): number;
  /** Errors that the server logged about itself. */
  faultsInLog(): string[];
  end(): Promise<void>;
}

export interface FuzzWorldOptions {
  notified: boolean;
  pageSize: number;
  fleet: { assets: number; devices: number; assignmentsPerDevice: number; users: number };
}

/** Apple's side in small pages, and Winesap in its own process, whose clock can be moved forward. */
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
      // What waited for the database when the clock moved forward has exceeded its timeout.
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

/** Nothing may expire during days that pass in a moment. */
function inYears(years: number): Date {
  return new Date(Date.now() + years * 365 * 24 * 60 * MINUTE);
}

const CHECKS_DUE = /^winesap_queue_jobs\{queue="check",state="waiting"\} [1-9]/m;

export { MINUTE, SECOND };
