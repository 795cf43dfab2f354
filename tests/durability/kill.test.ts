import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type Api, createApi, routes } from '@winesap/api';
import {
  type AppleControl,
  type AppleLocation,
  addOrganization,
  bytesOf,
  createAppleControl,
  inspect,
  OWNER,
  renew,
  scanned,
  signIn,
} from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Simulator, startSimulator } from 'winesap-simulator';
import { type ServerProcess, startServerProcess } from './server-process.ts';

const ROUNDS = 20;
const FLEET = { assets: 4, devices: 300, assignmentsPerDevice: 2 };

/** What Winesap has said yes to, with a status of 2xx. None of it may ever be missing. */
interface Acknowledged {
  organizations: Set<string>;
  scans: Set<string>;
  /** By token. */
  versions: Map<string, number>;
  renewals: number;
}

let simulator: Simulator;
let apple: AppleControl;
let dataDir: string;
let server: ServerProcess;
let key: string;

beforeAll(async () => {
  // Pages are small and slow enough that a scan is under way whenever the power goes.
  simulator = await startSimulator({ rateLimit: false, pageSize: 50, latencyMs: 15 });
  apple = createAppleControl(simulator.control);
  dataDir = mkdtempSync(join(tmpdir(), 'winesap-kill-'));
  server = await start();
  await createApi({ baseUrl: server.url, headers: { origin: server.url } }).call(routes.setUp, { body: OWNER });
  const owner = await signIn(server.url, OWNER);
  ({ key } = await owner.api.call(routes.addKey, { body: { name: 'the test' } }));
});

afterAll(async () => {
  await server?.kill();
  await simulator?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = () =>
  startServerProcess({ WINESAP_PORT: '0', WINESAP_DATA_DIR: dataDir, WINESAP_APPLE_URL: simulator.url });

const api = (): Api => createApi({ baseUrl: server.url, headers: { 'x-api-key': key } });

async function hold(location: AppleLocation): Promise<string> {
  const { policyId } = await addOrganization(api(), location.orgName);
  const file = await apple.tokenFile(location.uId);
  const { file: shown } = await inspect(api(), file);
  const { token } = await api().call(routes.addToken, {
    params: { policyId },
    query: { fingerprint: shown.fingerprint, mode: 'manage' },
    body: bytesOf(file),
  });
  await scanned(api(), token.tokenId);
  return token.tokenId;
}

/** Keeps asking for changes until the power is gone, and writes down each that was granted. */
async function work(
  round: number,
  held: Map<string, AppleLocation>,
  said: Acknowledged,
  onRenewed: () => void,
): Promise<void> {
  const here = api();
  const until = (step: () => Promise<void>) => async () => {
    // A failed request ends it: then there is nobody to ask any more.
    for (;;) await step();
  };
  const [first, ...others] = [...held];
  if (!first) throw new Error('There is no location to work on.');
  const renewing = until(async () => {
    const [tokenId, location] = first;
    const token = await renew(here, tokenId, await apple.tokenFile(location.uId));
    said.versions.set(tokenId, token.version);
    said.renewals += 1;
    onRenewed();
  });
  const scanning = until(async () => {
    for (const [tokenId] of others) said.scans.add((await here.call(routes.scanToken, { params: { tokenId } })).id);
  });
  let n = 0;
  const organizing = until(async () => {
    n += 1;
    said.organizations.add((await here.call(routes.addOrganization, { body: { name: `Orchard ${round}.${n}` } })).id);
  });
  await Promise.allSettled([renewing(), scanning(), organizing()]);
}

async function checkNothingLost(held: Map<string, AppleLocation>, said: Acknowledged): Promise<void> {
  const { organizations } = await api().call(routes.listOrganizations, {});
  const known = new Set(organizations.map(({ id }) => id));
  expect([...said.organizations].filter((id) => !known.has(id))).toEqual([]);
  for (const id of said.scans) await api().call(routes.getScan, { params: { scanId: id } });
  for (const tokenId of held.keys()) {
    const token = await api().call(routes.getToken, { params: { tokenId } });
    expect(token.version).toBeGreaterThanOrEqual(said.versions.get(tokenId) ?? 1);
  }
}

test('twenty times kill -9 during scans and renewals loses nothing that was acknowledged', async () => {
  const held = new Map<string, AppleLocation>();
  for (const name of ['Barn', 'Cellar', 'Loft']) {
    const location = await apple.addLocation({ orgName: `Kill ${name}`, locationName: name });
    await apple.fill(location.uId, FLEET);
    held.set(await hold(location), location);
  }
  const said: Acknowledged = { organizations: new Set(), scans: new Set(), versions: new Map(), renewals: 0 };
  const before = await Promise.all([...held.values()].map(({ uId }) => apple.state(uId)));
  await apple.forgetRequests();

  for (let round = 1; round <= ROUNDS; round++) {
    const { promise: renewed, resolve: onRenewed } = Promise.withResolvers<void>();
    const working = work(round, held, said, onRenewed);
    // Every other time right behind the answer to a renewal, else at any moment: that one is a wait for nothing.
    if (round % 2 === 0) await renewed;
    else await after(60 + ((round * 97) % 700));
    await server.kill();
    await working;

    server = await start();
    await checkNothingLost(held, said);
  }

  expect(said.renewals).toBeGreaterThanOrEqual(ROUNDS / 2);
  expect(said.organizations.size).toBeGreaterThan(ROUNDS);
  // What was cut off goes on by itself, and at the end everything is as Apple has it.
  const states = await Promise.all([...held.values()].map(({ uId }) => apple.state(uId)));
  for (const tokenId of held.keys()) {
    const token = await scanned(api(), tokenId);
    expect(token).toMatchObject({
      health: { state: 'healthy' },
      assignments: FLEET.devices * FLEET.assignmentsPerDevice,
    });
  }
  for (const scanId of said.scans) {
    const scan = await api().call(routes.getScan, { params: { scanId } });
    expect(['succeeded', 'failed']).toContain(scan.state);
  }
  expect(states.map(({ claim, assignments }) => ({ claim, assignments }))).toEqual(
    before.map(({ claim, assignments }) => ({ claim, assignments })),
  );
  const { byLocation } = await apple.requests();
  expect(Object.values(byLocation).map(({ writes }) => writes)).toEqual([...held].map(() => 0));
});
