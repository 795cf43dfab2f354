import {
  type AppleFailure,
  AppleFailureError,
  type AppleLocation,
  type Deps,
  type Jobs,
  readMetadata,
} from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { beforeEach, expect, test } from 'vitest';
import { createStore } from '../src/store/create-store.ts';
import { AlertWorld } from './alert-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AWAY: AppleFailure = { kind: 'no-answer', reason: 'timeout', doing: 'looking up', mayHaveArrived: false };
const NUMBER = '361309726';

forEachEngine((_engine, open) => {
  let world: AlertWorld;
  let deps: Deps;
  let tokenId: string;
  let uId: string;
  let asked: number;
  /** When the job for names was last requested. */
  let again: number | null;
  let name: string | null | AppleFailure;

  beforeEach(async () => {
    world ??= await AlertWorld.on(await open(), {} as never, NOW);
    world.now = NOW;
    await world.database.db.deleteFrom('asset_metadata').execute();
    tokenId = await world.addToken(null);
    uId = `L${world.names.length}`;
    await world.stock(uId, 10);
    asked = 0;
    again = null;
    const location = {
      metadata: async (adamIds: readonly string[]) => {
        asked += adamIds.length;
        if (typeof name === 'object' && name !== null) throw new AppleFailureError(name);
        return adamIds.map((adamId) => ({ adamId, name: name as string | null, bundleId: null, iconUrl: null }));
      },
    } as Partial<AppleLocation> as AppleLocation;
    const jobs = {
      readMetadata: async (_tokenId: string, afterMs = 0) => {
        again = afterMs;
      },
    } as Partial<Jobs> as Jobs;
    const settings = { ...world.deps.settings, hookBase: null, rotateSecretEveryMs: 0, keepNotificationsDays: 30 };
    const apple = { open: () => location, openFile: () => location };
    const store = createStore(world.database.db, () => jobs);
    deps = { ...world.deps, store, settings, apple } as Partial<Deps> as Deps;
  });

  const shown = async () => (await world.store.write((tx) => tx.metadata.names(uId, [NUMBER]))).get(NUMBER) ?? null;

  test.each([
    ['an empty answer', null],
    ['no answer', AWAY],
  ])('after %s names are asked for again after 5 minutes, an hour, and every day', async (_what, silence) => {
    name = silence;
    const waits: (number | null)[] = [];

    for (let tries = 0; tries < 4; tries++) {
      await readMetadata(deps, tokenId);
      waits.push(again);
      again = null;
      // Run too early, it sends no request.
      world.pass((waits.at(-1) ?? 0) - 1000);
      await readMetadata(deps, tokenId);
      world.pass(1000);
    }
    const silent = asked;
    name = 'Pages';
    await readMetadata(deps, tokenId);

    expect(waits).toEqual([5 * MINUTE_MS, 60 * MINUTE_MS, DAY_MS, DAY_MS]);
    expect(silent).toBe(4);
    expect(await shown()).toBe('Pages');
    expect(again).toBeNull();
  });

  test('a known name is requested again after two weeks, and survives missing answers', async () => {
    name = 'Pages';
    await readMetadata(deps, tokenId);
    world.pass(13 * DAY_MS);
    await readMetadata(deps, tokenId);
    const early = asked;
    world.pass(2 * DAY_MS);
    name = null;
    await readMetadata(deps, tokenId);
    world.pass(15 * DAY_MS);
    name = AWAY;
    await readMetadata(deps, tokenId);

    expect(early).toBe(1);
    expect(asked).toBe(3);
    expect(await shown()).toBe('Pages');
    expect(again).toBeNull();
  });
});
