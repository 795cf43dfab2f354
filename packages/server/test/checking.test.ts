import {
  type AppleFailure,
  AppleFailureError,
  type AppleLocation,
  type ClientConfig,
  checkToken,
  type Deps,
  type TokenRecord,
} from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { beforeEach, expect, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';
import { Recorder } from './recorder.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const MINUTE_MS = 60_000;
const REVOKED: AppleFailure = {
  kind: 'refused',
  httpStatus: 401,
  errorNumber: 9625,
  errorMessage: 'The server has revoked the sToken.',
  doing: 'retrieving client config',
  retryAfterMs: null,
};
const AWAY: AppleFailure = { kind: 'no-answer', reason: 'timeout', doing: 'retrieving', mayHaveArrived: false };

forEachEngine((_engine, open) => {
  let world: AlertWorld;
  let receiver: Recorder;
  let deps: Deps;
  let tokenId: string;
  let says: { config: AppleFailure | null; assets: AppleFailure | null };

  beforeEach(async () => {
    receiver = new Recorder();
    world ??= await AlertWorld.on(await open(), receiver, NOW);
    await world.database.db.deleteFrom('content_tokens').execute();
    await world.database.db.deleteFrom('events').execute();
    await world.database.db.deleteFrom('rules').execute();
    tokenId = await world.addToken(null);
    says = { config: null, assets: null };
    const uId = `L${world.names.length}`;
    const config: ClientConfig = {
      ...{ uId, locationName: null, country: null, defaultPlatform: null, websiteUrl: null, expiresAt: null },
      mdmInfo: null,
      hook: { url: null, secretMark: null, types: [] },
    };
    const location = {
      clientConfig: async () => {
        if (says.config !== null) throw new AppleFailureError(says.config);
        return config;
      },
      probe: async () => {
        if (says.assets !== null) throw new AppleFailureError(says.assets);
        return { uId, expiresAt: null, mdmInfo: null };
      },
    } as Partial<AppleLocation> as AppleLocation;
    deps = {
      ...world.deps,
      now: () => world.now,
      apple: { open: () => location, openFile: () => location },
      installationId: 'installation',
      settings: { ...world.deps.settings, hookBase: null, rotateSecretEveryMs: 0, keepNotificationsDays: 30 },
    } as Partial<Deps> as Deps;
  });

  async function check(): Promise<TokenRecord> {
    await checkToken(deps, tokenId, 'quick');
    const token = await world.store.write((tx) => tx.tokens.byId(tokenId));
    if (token === null) throw new Error('There is no such token.');
    return token;
  }

  const nextCheckAt = async () => (await world.store.write((tx) => tx.tokens.nextCheckAt())) ?? world.now;
  const minutesSince = (began: Date, at: Date) => Math.floor((at.getTime() - began.getTime()) / MINUTE_MS);

  test('an unconfirmed refusal causes no alert; refused again a minute later, the token is broken and alerts', async () => {
    const channel = await world.addChannel({}, 'mail');
    await world.addRule({ channelIds: [channel], condition: { kind: 'state', entered: ['revoked'], left: [] } });
    says = { config: REVOKED, assets: AWAY };

    const toRecheck = await check();
    await world.tick();
    const alertsBefore = receiver.got.length;
    const soon = minutesSince(world.now, await nextCheckAt());
    world.pass(MINUTE_MS);
    const broken = await check();
    await world.tick();

    expect(toRecheck.state).toBe('checking');
    expect(alertsBefore).toBe(0);
    expect(soon).toBe(1);
    expect(broken).toMatchObject({ state: 'revoked', confirmed: true });
    expect(receiver.got.map(({ message }) => message.title)).toEqual([expect.stringContaining('revoked')]);
  });

  test('a refusal that another endpoint contradicts is never confirmed by repetition', async () => {
    says = { config: REVOKED, assets: null };

    for (let minutes = 0; minutes < 60; minutes += 10) {
      expect((await check()).state).toBe('checking');
      world.pass(10 * MINUTE_MS);
    }
    world.pass(24 * 60 * MINUTE_MS);
    expect((await check()).state).toBe('unknown');
    says = { config: null, assets: REVOKED };
    expect((await check()).state).not.toBe('healthy');
    says = { config: null, assets: null };
    expect((await check()).state).toBe('healthy');
  });

  test('a broken token is checked again after 1, 5, and 15 minutes, and is healthy with the first success', async () => {
    says = { config: REVOKED, assets: REVOKED };
    const began = world.now;
    const asked: number[] = [];

    await check();
    for (let times = 0; times < 3; times++) {
      world.now = await nextCheckAt();
      asked.push(minutesSince(began, world.now));
      expect((await check()).state).toBe('revoked');
    }
    says = { config: null, assets: null };
    const healed = await check();

    expect(asked).toEqual([1, 5, 15]);
    expect(healed).toMatchObject({ state: 'healthy', failure: null, confirmed: false, refusedSince: null });
  });
});
