import { setTimeout as after } from 'node:timers/promises';
import { type ContentToken, routes } from '@winesap/api';
import { assignmentsAtApple, assignmentsHere, scanned, until } from '@winesap/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AddedToken } from './add-token.ts';
import { type ProcessWorld, startProcessWorld } from './process-world.ts';
import { happenAtApple, mixture, type Trouble } from './trouble.ts';

const FLEET = { assets: 3, devices: 40, assignmentsPerDevice: 2 };
const SECONDS = 1000;

let world: ProcessWorld;

beforeAll(async () => {
  world = await startProcessWorld({ notified: true });
});

afterAll(() => world?.end());

const scanNow = (tokenId: string) => world.api().call(routes.scanToken, { params: { tokenId } });
const health = (tokenId: string) => world.api().call(routes.getNotificationHealth, { params: { tokenId } });

async function happen({ tokenId, location }: AddedToken, one: Trouble): Promise<void> {
  if (one.do === 'scan') {
    await scanNow(tokenId);
  } else if (one.do === 'kill') {
    if (one.scanning) await scanNow(tokenId);
    // A random moment.
    await after(one.afterMs);
    await world.server().kill();
    for (const step of one.meanwhile) await happenAtApple(world.apple, location.uId, step);
    await world.startAgain();
  } else {
    await happenAtApple(world.apple, location.uId, one);
  }
}

/** Waits until Apple is quiet and everything on its way has arrived and been processed. */
async function calmDown(tokenId: string): Promise<void> {
  await world.apple.endFaults();
  await world.apple.advance(60 * 60 * SECONDS);
  await until(
    'the notifications to be worked on',
    () => health(tokenId),
    ({ waiting }) => waiting === 0,
  );
}

/**
 * Scans until everything was read, which the second Scan Now within a minute does. Even these scans are interrupted
 * once, at the given moment.
 */
async function readAll(tokenId: string, killedAfterMs: number): Promise<ContentToken> {
  await scanned(world.api(), tokenId, 'either');
  // Many slow pages, so that the moment falls among them.
  await world.apple.settings({ pageSize: 4, latencyMs: 60 });
  for (let turn = 1; turn <= 4; turn++) {
    const { id } = await scanNow(tokenId);
    await after(killedAfterMs);
    await world.server().kill();
    await world.startAgain();
    const token = await scanned(world.api(), tokenId);
    if (token.scan?.id === id && token.scan.kind === 'full') return token;
  }
  throw new Error('No scan read everything.');
}

async function countsHere(uId: string) {
  const { assets } = await world.api().call(routes.listLocationAssets, { params: { uId }, query: {} });
  return assets.map(({ adamId, total, assigned, available }) => ({ adamId, total, assigned, available }));
}

async function countsAtApple(uId: string) {
  const { assets } = await world.apple.state(uId);
  return assets.map((asset) => ({
    adamId: asset.adamId,
    total: asset.totalCount,
    assigned: asset.assignedCount,
    available: asset.availableCount,
  }));
}

const byAdamId = (one: { adamId: unknown }, other: { adamId: unknown }) =>
  String(one.adamId).localeCompare(String(other.adamId));

test('after any mixture of changes, trouble, lost notifications, and kill -9, a last full scan agrees with Apple', async () => {
  const { apple } = world;
  const enoughAt = performance.now() + 30 * SECONDS;
  let runs = 0;
  await apple.forgetRequests();

  await fc.assert(
    fc.asyncProperty(mixture, fc.integer({ min: 100, max: 900 }), async (list, killedAfterMs) => {
      // Ended here and not by fast-check, which would leave the current run going in the background.
      if (performance.now() > enoughAt) return;
      runs += 1;
      await apple.settings({ pageSize: 10, latencyMs: 25 });
      const token = await world.add(`Barn ${runs}`, FLEET);
      const { tokenId, location, file } = token;
      await until(
        'Apple to notify',
        () => health(tokenId),
        ({ state }) => state === 'set',
      );

      for (const one of list) await happen(token, one);
      await calmDown(tokenId);
      const { assignments } = await readAll(tokenId, killedAfterMs);

      await apple.settings({ latencyMs: 0 });
      const holders = await assignmentsAtApple(world.appleUrl, file);
      expect(await assignmentsHere(world.api(), location.uId)).toEqual(holders);
      expect(assignments).toBe(holders.length);
      expect((await countsHere(location.uId)).sort(byAdamId)).toEqual(
        (await countsAtApple(location.uId)).sort(byAdamId),
      );
    }),
    { numRuns: 12, endOnFailure: true },
  );

  const writes = Object.keys((await apple.requests()).byPath).filter((path) => path.startsWith('POST /mdm/v2/'));
  expect(writes).toEqual(['POST /mdm/v2/client/config']);
});
