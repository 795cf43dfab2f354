import { type AppleLocation, type ClientConfig, checkToken, type Deps, keepHook, type MdmInfo } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const OURS: MdmInfo = { id: 'installation', name: 'Winesap', metadata: '' };
const TYPES = ['ASSET_COUNT', 'ASSET_MANAGEMENT'];

/** A location at Apple whose answers about its configuration can be kept back on their way. */
class Location {
  readonly uId: string;
  config: ClientConfig;
  #held: { asked: PromiseWithResolvers<void>; arrive: PromiseWithResolvers<void> } | null = null;

  constructor(uId: string) {
    this.uId = uId;
    const nothing = { url: null, secretMark: null, types: [] };
    const said = { locationName: `Location ${uId}`, country: 'DE', defaultPlatform: null, websiteUrl: null };
    this.config = { uId, ...said, expiresAt: null, mdmInfo: OURS, hook: nothing };
  }

  /** Keeps the next answer back, which is that of the moment it was asked for. */
  holdNext(): { asked: Promise<void>; arrive: () => void } {
    this.#held = { asked: Promise.withResolvers(), arrive: Promise.withResolvers() };
    return { asked: this.#held.asked.promise, arrive: this.#held.arrive.resolve };
  }

  opened(): AppleLocation {
    return {
      clientConfig: async () => {
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

  test('an answer from before Winesap told Apple its address is no drift', async () => {
    await checkToken(deps, tokenId, 'quick');
    const { asked, arrive } = location.holdNext();
    const early = checkToken(deps, tokenId, 'quick');
    await asked;
    await keepHook(deps, tokenId);
    arrive();
    await early;

    expect(await hookState()).toBe('set');
    expect(await codes()).toEqual(['notifications.set']);
  });

  test('an answer from before Winesap claimed the location does not say that the claim is gone', async () => {
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

  test('what somebody takes away afterwards is a drift, and is over when Apple shows our address again', async () => {
    await checkToken(deps, tokenId, 'quick');
    await keepHook(deps, tokenId);
    const { hook } = location.config;
    location.config = { ...location.config, hook: { url: null, secretMark: null, types: [] } };
    await checkToken(deps, tokenId, 'quick');
    const drifted = await hookState();
    location.config = { ...location.config, hook };
    await keepHook(deps, tokenId);

    expect(drifted).toBe('drifted');
    expect(await hookState()).toBe('set');
    expect(await codes()).toEqual(['notifications.set', 'notifications.drifted', 'notifications.set']);
  });

  test('a secret that Apple took just before the process died is the one that counts from the next check on', async () => {
    await checkToken(deps, tokenId, 'quick');
    await keepHook(deps, tokenId);
    const { uId } = location;
    await world.store.write((tx) => tx.hooks.change(uId, { next: { secret: 'new', mark: 'mark of new', at: NOW } }));
    location.config = { ...location.config, hook: { ...location.config.hook, secretMark: 'mark of new' } };

    await checkToken(deps, tokenId, 'quick');

    expect(await world.store.write((tx) => tx.hooks.of(uId))).toMatchObject({ secretMark: 'mark of new', next: null });
  });
});
