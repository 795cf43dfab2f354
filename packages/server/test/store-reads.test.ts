import { type AppleLocation, type ClientConfig, type Deps, previewRenewal } from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const FILE = Buffer.from(
  JSON.stringify({ token: 'fresh', expDate: '2030-11-08T22:33:22+0000', orgName: 'Orchard' }),
).toString('base64');

forEachEngine((engine, open) => {
  let world: AlertWorld;
  let tokenId: string;
  let uId: string;

  beforeAll(async () => {
    world = await AlertWorld.on(await open(), {} as never, NOW);
  });
  beforeEach(async () => {
    tokenId = await world.addToken(new Date('2027-06-01T00:00:00Z'));
    uId = `L${world.names.length}`;
  });

  /** The transaction that last locked or changed the row; '0': none. */
  const lockedBy = async () => {
    const { rows } = await sql<{ by: string }>`
      select xmax::text as by from content_tokens where id = ${tokenId}`.execute(world.database.db);
    return rows[0]?.by;
  };

  test('a row in a read is not locked; a row read for writing is', async () => {
    await world.store.read((view) => view.tokens.byId(tokenId));
    const afterReading = await lockedBy();
    await world.store.write((tx) => tx.tokens.byId(tokenId));

    expect(afterReading).toBe('0');
    expect(await lockedBy()).not.toBe('0');
  });

  test('a read offers no writes, and the database refuses them', async () => {
    const attempt = world.store.read(async (view) => {
      // @ts-expect-error: a read gets no members that write.
      await view.tokens.setLeftOut(tokenId, ['country']);
    });

    await expect(attempt).rejects.toMatchObject({ code: '25006' });
    expect(await world.store.read((view) => view.tokens.byId(tokenId))).toMatchObject({ leftOut: [] });
  });

  test('a failed read leaves the store intact', async () => {
    const failing = world.store.read(async (view) => {
      await view.tokens.byId(tokenId);
      throw new Error('on purpose');
    });

    await expect(failing).rejects.toThrow('on purpose');
    await world.store.write((tx) => tx.tokens.setLeftOut(tokenId, ['country']));
    expect(await world.store.read((view) => view.tokens.byId(tokenId))).toMatchObject({ leftOut: ['country'] });
  });

  test('a read gets its turn between other reads and writes', async () => {
    const order: string[] = [];
    const write = (n: number) =>
      world.store.write(async (tx) => {
        await tx.tokens.setLeftOut(tokenId, [`${n}`]);
        order.push('write');
      });
    const all = [write(1), write(2), world.store.read(async () => order.push('read')), write(3), write(4)];

    await Promise.all(all);

    if (engine === 'embedded') expect(order).toEqual(['write', 'write', 'read', 'write', 'write']);
    else expect(order).toContain('read');
  });

  // The embedded engine has one session: no query runs during another transaction, and nothing changes between two
  // queries.
  if (engine === 'embedded') return;

  const appleSays = (config: Partial<ClientConfig>) => {
    const location = {
      clientConfig: async () => ({ uId, mdmInfo: null, expiresAt: null, ...config }),
      account: async () => null,
      probe: async () => ({ uId, locationName: null, country: null, expiresAt: null, mdmInfo: null }),
      assets: async () => ({ versionId: 'v1', assets: [], evidence: { kind: 'agrees' } }),
    } as unknown as AppleLocation;
    return { ...world.deps, apple: { open: () => location, openFile: () => location } } as unknown as Deps;
  };

  test('a preview answers while another transaction locks the token', async () => {
    const [held, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    onTestFinished(() => done.resolve());
    const writing = world.store.write(async (tx) => {
      await tx.tokens.setLeftOut(tokenId, ['country']);
      held.resolve();
      await done.promise;
    });
    await held.promise;

    const preview = await previewRenewal(appleSays({}), { tokenId, bytes: Buffer.from(FILE), fileName: null });
    done.resolve();
    await writing;

    expect(preview.token).toMatchObject({ id: tokenId, leftOut: [] });
    expect(preview.verdict.verdict).toBe('ready');
  });

  test('everything in one read is from the same snapshot, whatever is stored between two queries', async () => {
    const [asked, changed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    onTestFinished(() => changed.resolve());
    const reading = world.store.read(async (view) => {
      const first = await view.tokens.byId(tokenId);
      asked.resolve();
      await changed.promise;
      return { first, second: await view.tokens.byLocation(uId) };
    });
    await asked.promise;
    await world.store.write((tx) => tx.tokens.setLeftOut(tokenId, ['country']));
    changed.resolve();
    const { first, second } = await reading;

    expect(second).toEqual(first);
    expect(await world.store.read((view) => view.tokens.byId(tokenId))).toMatchObject({ leftOut: ['country'] });
  });
});
