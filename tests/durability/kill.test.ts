import { setTimeout as after } from 'node:timers/promises';
import { routes } from '@winesap/api';
import { type AppleLocation, renew, scanned } from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProcessWorld, startProcessWorld } from './process-world.ts';

const ROUNDS = 20;
const FLEET = { assets: 4, devices: 300, assignmentsPerDevice: 2 };

type Held = Map<string, AppleLocation>;

/** What Winesap has acknowledged with a 2xx status. None of it may be missing. */
interface Acknowledged {
  organizations: Set<string>;
  scans: Set<string>;
  /** By token. */
  versions: Map<string, number>;
  renewals: number;
}

let world: ProcessWorld;

beforeAll(async () => {
  world = await startProcessWorld();
});

afterAll(() => world?.end());

/** Makes changes until the process is killed, and records each that was acknowledged. */
async function work(round: number, held: Held, said: Acknowledged, onRenewed: () => void): Promise<void> {
  const here = world.api();
  const untilItFails = async (step: () => Promise<void>) => {
    for (;;) await step();
  };
  const [first, ...others] = [...held];
  if (!first) throw new Error('There is no location to work on.');
  let n = 0;
  await Promise.allSettled([
    untilItFails(async () => {
      const [tokenId, location] = first;
      const token = await renew(here, tokenId, await world.apple.tokenFile(location.uId));
      said.versions.set(tokenId, token.version);
      said.renewals += 1;
      onRenewed();
    }),
    untilItFails(async () => {
      for (const [tokenId] of others) said.scans.add((await here.call(routes.scanToken, { params: { tokenId } })).id);
    }),
    untilItFails(async () => {
      n += 1;
      said.organizations.add((await here.call(routes.addOrganization, { body: { name: `Orchard ${round}.${n}` } })).id);
    }),
  ]);
}

async function checkNothingLost(held: Held, said: Acknowledged): Promise<void> {
  const here = world.api();
  const { organizations } = await here.call(routes.listOrganizations, {});
  const known = new Set(organizations.map(({ id }) => id));
  expect([...said.organizations].filter((id) => !known.has(id))).toEqual([]);
  for (const scanId of said.scans) await here.call(routes.getScan, { params: { scanId } });
  for (const tokenId of held.keys()) {
    const token = await here.call(routes.getToken, { params: { tokenId } });
    expect(token.version).toBeGreaterThanOrEqual(said.versions.get(tokenId) ?? 1);
  }
}

test('kill -9 twenty times during scans and renewals loses nothing that was acknowledged', async () => {
  const { apple } = world;
  const held: Held = new Map();
  for (const name of ['Barn', 'Cellar', 'Loft']) held.set(...(await world.hold(name, FLEET)));
  const statesAtApple = () => Promise.all([...held.values()].map(({ uId }) => apple.state(uId)));
  const said: Acknowledged = { organizations: new Set(), scans: new Set(), versions: new Map(), renewals: 0 };
  const before = await statesAtApple();
  await apple.forgetRequests();

  for (let round = 1; round <= ROUNDS; round++) {
    const { promise: renewed, resolve: onRenewed } = Promise.withResolvers<void>();
    const working = work(round, held, said, onRenewed);
    // Every other time right after the answer to a renewal, else at a random moment.
    if (round % 2 === 0) await renewed;
    else await after(60 + ((round * 97) % 700));
    await world.server().kill();
    await working;

    await world.startAgain();
    await checkNothingLost(held, said);
  }

  expect(said.renewals).toBeGreaterThanOrEqual(ROUNDS / 2);
  expect(said.organizations.size).toBeGreaterThan(ROUNDS);
  // Interrupted work continues by itself, and in the end everything matches Apple.
  const assignments = FLEET.devices * FLEET.assignmentsPerDevice;
  for (const tokenId of held.keys()) {
    expect(await scanned(world.api(), tokenId)).toMatchObject({ health: { state: 'healthy' }, assignments });
  }
  for (const scanId of said.scans) {
    const scan = await world.api().call(routes.getScan, { params: { scanId } });
    expect(['succeeded', 'failed']).toContain(scan.state);
  }
  const heldAtApple = (states: typeof before) => states.map(({ claim, assignments }) => ({ claim, assignments }));
  expect(heldAtApple(await statesAtApple())).toEqual(heldAtApple(before));
  const { byLocation } = await apple.requests();
  expect(Object.values(byLocation).map(({ writes }) => writes)).toEqual([...held].map(() => 0));
});
