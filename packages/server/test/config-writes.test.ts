import {
  type AppleFailure,
  AppleFailureError,
  type AppleLocation,
  applyHook,
  type ClientConfig,
  checkToken,
  type Deps,
  type MdmInfo,
} from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const OURS: MdmInfo = { id: 'installation', name: 'Winesap', metadata: '' };
const BUSY: AppleFailure = {
  kind: 'refused',
  httpStatus: 429,
  errorNumber: 9646,
  errorMessage: null,
  doing: 'updating client config',
  retryAfterMs: null,
};
const TYPES = ['ASSET_COUNT', 'ASSET_MANAGEMENT'];

/** A location at Apple whose configuration responses can be held back. */
class Location {
  readonly uId: string;
  config: ClientConfig;
  /** The refusals for reading it and for setting an address. */
  fails: { reads: AppleFailure | null; writes: AppleFailure | null } = { reads: null, writes: null };
  #held: { asked: PromiseWithResolvers<void>; arrive: PromiseWithResolvers<void> } | null = null;

  constructor(uId: string) {
    this.uId = uId;
    const nothing = { url: null, secretMark: null, types: [] };
    const said = { locationName: `Location ${uId}`, country: 'DE', defaultPlatform: null, websiteUrl: null };
    this.config = { uId, ...said, expiresAt: null, mdmInfo: OURS, hook: nothing };
  }

  /** Holds back the next response, which is from the moment of its request. */
  holdNext(): { asked: Promise<void>; arrive: () => void } {
    this.#held = { asked: Promise.withResolvers(), arrive: Promise.withResolvers() };
    return { asked: this.#held.asked.promise, arrive: this.#held.arrive.resolve };
  }

  opened(): AppleLocation {
    return {
      clientConfig: async () => {
        if (this.fails.reads !== null) throw new AppleFailureError(this.fails.reads);
        const { config } = this;
        const held = this.#held;
        this.#held = null;
        held?.asked.resolve();
        await held?.arrive.promise;
        return config;
      },
      claim: async (mdmInfo: MdmInfo) => {
        this.config = { ...this.config, mdmInfo };
      },
      notificationTypes: async () => TYPES,
      setHook: async (mdmInfo: MdmInfo, hook: { url: string; secret: string; types: string[] }) => {
        if (this.fails.writes !== null) throw new AppleFailureError(this.fails.writes);
        const shown = { url: hook.url, secretMark: `mark of ${hook.secret}`, types: hook.types };
        this.config = { ...this.config, mdmInfo, hook: shown };
      },
    } as Partial<AppleLocation> as AppleLocation;
  }
}

forEachEngine((_engine, open) => {
  let world: AlertWorld;
  let tokenId: string;
  let location: Location;
  let deps: Deps;
  const codes = async () =>
    (await world.database.db.selectFrom('events').select('code').execute()).map((row) => row.code);
  const hookState = async () => (await world.store.write((tx) => tx.hooks.of(location.uId)))?.state;

  beforeAll(async () => {
    world = await AlertWorld.on(await open(), {} as never, NOW);
  });
  beforeEach(async () => {
    await world.database.db.deleteFrom('events').execute();
    tokenId = await world.addToken(new Date('2027-06-01T00:00:00Z'));
    location = new Location(`L${world.names.length}`);
    let secrets = 0;
    deps = {
      ...world.deps,
      apple: { open: () => location.opened(), openFile: () => location.opened() },
      seal: {
        ...world.deps.seal,
        makeSecret: () => `secret ${location.uId} ${++secrets}`,
        fingerprint: (text: string) => `mark of ${text}`,
      },
      installationId: OURS.id,
      settings: {
        ...world.deps.settings,
        hookBase: 'https://winesap.example/hooks/apple/',
        rotateSecretEveryMs: 180 * 86_400_000,
        keepNotificationsDays: 30,
      },
    } as Partial<Deps> as Deps;
  });

  test('an answer from before Winesap set its address is not a drift', async () => {
    await checkToken(deps, tokenId, 'quick');
    const { asked, arrive } = location.holdNext();
    const early = checkToken(deps, tokenId, 'quick');
    await asked;
    await applyHook(deps, tokenId);
    arrive();
    await early;

    expect(await hookState()).toBe('set');
    expect(await codes()).toEqual(['notifications.set']);
  });

  test('an answer from before Winesap claimed the location does not mean a lost claim', async () => {
    location.config = { ...location.config, mdmInfo: null };
    await world.database.db
      .updateTable('content_tokens')
      .set({ claim: 'free', claim_wanted: true })
      .where('id', '=', tokenId)
      .execute();
    const { asked, arrive } = location.holdNext();
    const early = checkToken(deps, tokenId, 'quick');
    await asked;
    await checkToken(deps, tokenId, 'quick');
    arrive();
    await early;

    const token = await world.store.write((tx) => tx.tokens.byId(tokenId));
    expect(token).toMatchObject({ claim: 'ours', claimWanted: false });
    expect(await codes()).toEqual(['claim.set']);
  });

  test('an address removed afterwards is a drift, which ends when Apple shows our address again', async () => {
    await checkToken(deps, tokenId, 'quick');
    await applyHook(deps, tokenId);
    const { hook } = location.config;
    location.config = { ...location.config, hook: { ...hook, url: 'https://other.example/hook' } };
    await checkToken(deps, tokenId, 'quick');
    const drifted = await hookState();
    location.config = { ...location.config, hook };
    await applyHook(deps, tokenId);

    expect(drifted).toBe('drifted');
    expect(await hookState()).toBe('set');
    expect(await codes()).toEqual(['notifications.set', 'notifications.drifted', 'notifications.set']);
  });

  test('an address missing from one answer is not gone; one missing twice is, and is set again', async () => {
    await checkToken(deps, tokenId, 'quick');
    await applyHook(deps, tokenId);
    const { config } = location;
    const without = { ...config, hook: { url: null, secretMark: null, types: [] } };
    location.config = without;
    await checkToken(deps, tokenId, 'quick');
    const afterOne = [await hookState(), await codes()];
    location.config = config;
    await applyHook(deps, tokenId);
    location.config = without;
    await checkToken(deps, tokenId, 'quick');
    await applyHook(deps, tokenId);

    expect(afterOne).toEqual(['set', ['notifications.set']]);
    expect(await hookState()).toBe('set');
    expect(location.config.hook.url).toBe(config.hook.url);
    expect(await codes()).toEqual(['notifications.set', 'notifications.drifted', 'notifications.set']);
  });

  test.each([
    ['refuses the address', { reads: null, writes: BUSY }, 'refused'],
    ['cannot be read', { reads: BUSY, writes: null }, 'wanted'],
  ])(
    'when Apple %s, it is told again when that is promised: after a minute, then later and later',
    async (_what, fails, state) => {
      await checkToken(deps, tokenId, 'quick');
      location.fails = fails;
      const hook = () => world.store.write((tx) => tx.hooks.of(location.uId));
      const isDue = async (ms: number) =>
        (await world.store.write((tx) => tx.hooks.due(new Date(world.now.getTime() + ms)))).includes(tokenId);

      await applyHook(deps, tokenId);
      const first = [(await hook())?.state, await isDue(59_000), await isDue(60_000)];
      await applyHook(deps, tokenId);
      const second = [await isDue(239_000), await isDue(240_000)];
      location.fails = { reads: null, writes: null };
      await applyHook(deps, tokenId);

      expect(first).toEqual([state, false, true]);
      expect(second).toEqual([false, true]);
      expect(await hook()).toMatchObject({ state: 'set', nextTryAt: null, failure: null });
      expect(await isDue(86_400_000)).toBe(false);
    },
  );

  test('a secret that Apple accepted just before the process died is used from the next check on', async () => {
    await checkToken(deps, tokenId, 'quick');
    await applyHook(deps, tokenId);
    const { uId } = location;
    await world.store.write((tx) => tx.hooks.change(uId, { next: { secret: 'new', mark: 'mark of new', at: NOW } }));
    location.config = { ...location.config, hook: { ...location.config.hook, secretMark: 'mark of new' } };

    await checkToken(deps, tokenId, 'quick');

    expect(await world.store.write((tx) => tx.hooks.of(uId))).toMatchObject({ secretMark: 'mark of new', next: null });
  });
});
