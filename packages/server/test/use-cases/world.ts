import { randomBytes, randomUUID } from 'node:crypto';
import type { ContentToken, Event } from '@winesap/api';
import {
  type Actor,
  addOrganization,
  addToken,
  type Deps,
  inspectTokenFile,
  MINUTE_MS,
  type Mode,
  type Notify,
  scanNow,
} from '@winesap/core';
import {
  type AppleControl,
  type AppleLocation,
  bytesOf,
  createAppleControl,
  createAppleUsers,
  startSimulator,
} from '@winesap/testkit';
import { newDataFolder } from '@winesap/testkit/data-folder';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createApple } from '../../src/apple/create-apple.ts';
import { Limiters } from '../../src/apple/limiters.ts';
import type { LocationLimiter } from '../../src/apple/location-limiter.ts';
import { notices } from '../../src/apple/notice-of.ts';
import type { Working } from '../../src/jobs/jobs.ts';
import { createLog } from '../../src/log/create-log.ts';
import { openSeal } from '../../src/seal/seal.ts';
import { readEventPage } from '../../src/store/alerts/reads/events.ts';
import { createStore } from '../../src/store/create-store.ts';
import { type Database, openDatabase } from '../../src/store/engine/open-database.ts';
import { readToken } from '../../src/store/tokens/reads/tokens.ts';
import { HandRunJobs } from './hand-run-jobs.ts';

const ACTOR: Actor = { personId: null, name: 'Olive Owner', requestId: null };

type Purchase = Parameters<AppleControl['buy']>[1];
type Fleet = Parameters<AppleControl['fill']>[1];

/** A location at Apple and its token in Winesap. */
export interface Held {
  location: AppleLocation;
  file: string;
  organizationId: string;
  tokenId: string;
}

/** Use cases on the embedded engine and the simulated Apple, without a server: nothing runs by itself. */
export interface World {
  deps: Deps & { notify: Notify };
  database: Database;
  apple: AppleControl;
  appleUrl: string;
  /** Advances the time, here and at Apple, and runs what is due then. */
  pass(ms: number): Promise<void>;
  /** Runs the jobs that are due now. */
  work(): Promise<void>;
  /** Creates a location, adds its token, and scans it. */
  hold(wish?: { mode?: Mode; purchases?: Purchase[]; fleet?: Fleet }): Promise<Held>;
  /** Runs Scan Now to its end, some minutes after the previous one. Returns the token as it is shown then. */
  scan(held: Held): Promise<ContentToken>;
  /** Runs Scan Now twice, which reads everything. */
  scanWhole(held: Held): Promise<ContentToken>;
  token(held: Held): Promise<ContentToken>;
  /** Returns the token's events, the last one first. */
  events(held: Held): Promise<Event[]>;
  /** Returns the requests to Apple since the log was last cleared, as `assets` or `users since` (a version). */
  asked(): Promise<string[]>;
  usersOf(held: Held): ReturnType<typeof createAppleUsers>;
}

/** One world for the tests of a file; each test uses its own location. Faults end with the test. */
export function useWorld(): () => World {
  let world: World | undefined;
  const stops: (() => unknown)[] = [];
  const get = () => {
    if (world === undefined) throw new Error('The world is there while tests run.');
    return world;
  };
  beforeAll(async () => {
    world = await makeWorld(stops);
  });
  afterEach(() => get().apple.endFaults());
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });
  return get;
}

async function makeWorld(stops: (() => unknown)[]): Promise<World> {
  const simulator = await startSimulator({ rateLimit: false });
  stops.push(() => simulator.close());
  const apple = createAppleControl(simulator.control);
  await apple.settings({ eventDelayMs: 0, eventStepMs: 0 });
  const folder = await newDataFolder();
  stops.push(() => folder.remove());
  const database = await openDatabase({ kind: 'embedded', dataDir: folder.dataDir });
  stops.push(() => database.close());

  let passedMs = 0;
  const now = () => new Date(Date.now() + passedMs);
  const jobs = new HandRunJobs(now);
  const seal = await openSeal({ dataDir: folder.dataDir, key: randomBytes(32).toString('base64') });
  const deps = {
    store: jobs.inTransactions(createStore(database.db, () => jobs.jobs, 'embedded')),
    apple: createApple({
      baseUrl: simulator.url,
      timeoutMs: 5000,
      version: 'test',
      limiters: new Limiters(unlimited),
      markOf: seal.fingerprint,
    }),
    notices,
    seal,
    now,
    newId: randomUUID,
    pause: async () => undefined,
    installationId: randomUUID(),
    settings: {
      checkEveryMs: 3_600_000,
      scanEveryMs: 3_600_000,
      confirmAfterMs: 120_000,
      keepEventsDays: 400,
      unknownAfterMs: 24 * 3_600_000,
      consoleUrl: null,
      hookBase: null,
      rotateSecretEveryMs: 0,
      keepNotificationsDays: 30,
    },
  } as Partial<World['deps']> as World['deps'];
  const working: Working = {
    deps,
    database,
    log: createLog({ level: 'silent', stream: { write: () => true } }),
    listening: Promise.resolve(),
    whenIdle: async () => undefined,
  };
  const work = () => jobs.run(working);
  const pass = async (ms: number) => {
    passedMs += ms;
    await apple.advance(ms);
    await work();
  };
  const token = async ({ tokenId }: Held) => {
    const shown = await readToken(database.db, tokenId, now());
    if (shown === null) throw new Error('There is no such token.');
    return shown;
  };
  const scanAtOnce = async (held: Held) => {
    await scanNow(deps, held.tokenId);
    await work();
    return token(held);
  };
  const scan = async (held: Held) => {
    await pass(2 * MINUTE_MS);
    return scanAtOnce(held);
  };

  return {
    deps,
    database,
    apple,
    appleUrl: simulator.url,
    work,
    pass,
    token,
    scan,
    scanWhole: async (held) => {
      await scan(held);
      return scanAtOnce(held);
    },
    events: async ({ tokenId }) => (await readEventPage(database.db, { tokenId }, { limit: 100 }, 400)).events,
    asked: async () =>
      (await apple.requests()).last
        .filter(({ path }) => path.startsWith('/mdm/v2/') && path !== '/mdm/v2/service/config')
        .map(({ path, query }) => path.replace('/mdm/v2/', '') + (query.includes('sinceVersionId') ? ' since' : '')),
    hold: async ({ mode = 'manage', purchases = SOME_APPS, fleet } = {}) => {
      const mark = randomBytes(3).toString('hex');
      const location = await apple.addLocation({ orgName: `Orchard ${mark}`, locationName: `Barn ${mark}` });
      for (const purchase of purchases) await apple.buy(location.uId, purchase);
      if (fleet !== undefined) await apple.fill(location.uId, fleet);
      const file = await apple.tokenFile(location.uId);
      const organizationId = await addOrganization(deps, location.orgName, ACTOR);
      const [policy] = await deps.store.read((view) => view.policies.tree(organizationId));
      const input = { bytes: bytesOf(file), fileName: 'sToken.vpptoken' };
      const { file: read } = await inspectTokenFile(deps, input);
      const wish = {
        ...input,
        place: { policyId: policy?.id ?? '' },
        fingerprint: read.fingerprint,
        mode,
        takeOverFrom: null,
      };
      const { tokenId } = await addToken(deps, wish, ACTOR);
      await work();
      return { location, file, organizationId, tokenId };
    },
    usersOf: ({ file }) => createAppleUsers(simulator.url, file),
  };
}

const SOME_APPS: Purchase[] = [
  { adamId: '361309726', quantity: 20 },
  { adamId: '361304891', unlimited: true },
  { adamId: '900000901', quantity: 5, productType: 'Book' },
];

/** Apple's limits are proven where they matter (packages/apple-client/test/limiter.test.ts); here nothing waits for them. */
const unlimited = (): LocationLimiter => ({
  run: (work) => work(),
  pause: () => {},
  publishedRate: () => {},
  advice: async () => null,
  advise: () => {},
  belongsTo: () => {},
});
