import { randomBytes } from 'node:crypto';
import {
  addChannel,
  type ChannelDraft,
  changeChannel,
  type Deps,
  type Jobs,
  openChannel,
  openHook,
  reseal,
  tokenPlace,
  uploadPlace,
} from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { openSeal, type Seal } from '../src/seal/seal.ts';
import { createStore } from '../src/store/create-store.ts';
import { AlertWorld } from './alert-world.ts';

const NOW = new Date('2026-11-30T12:00:00Z');
const ACTOR = { personId: null, name: 'test', requestId: null };
const CHANNEL: ChannelDraft = {
  kind: 'webhook',
  name: 'Pager',
  timing: { timeZone: 'UTC', quiet: null, digest: { kind: 'immediately' } },
  report: null,
  settings: { url: 'https://pager.example/x' },
};

const [OLD, NEW] = [newKey(), newKey()];

function newKey(): string {
  return randomBytes(32).toString('base64');
}

const openWith = (key: string) => openSeal({ key, dataDir: '/nonexistent' });

forEachEngine((_engine, open) => {
  let world: AlertWorld;
  let old: Seal;
  let uId: string;
  let tokenId: string;
  let uploadId: string;
  let channelId: string;
  let channelSecret: string | null;
  const wanted: string[] = [];
  const jobs = new Proxy({}, { get: (_jobs, name) => async () => void wanted.push(String(name)) }) as Jobs;
  const depsWith = (seal: Seal) =>
    ({ ...world.deps, seal, store: createStore(world.database.db, () => jobs) }) as unknown as Deps;

  /** Returns everything that is sealed, opened with this seal. */
  async function opened(seal: Seal): Promise<unknown[]> {
    const { db } = world.database;
    const token = await db.selectFrom('content_tokens').select('sealed').executeTakeFirstOrThrow();
    const upload = await db.selectFrom('uploads').select('sealed').executeTakeFirstOrThrow();
    return [
      await seal.open(token.sealed ?? '', tokenPlace(tokenId, uId)),
      await seal.open(upload.sealed ?? '', uploadPlace(uploadId)),
      (await openChannel(depsWith(seal), channelId)).settings,
      await openHook(depsWith(seal), 'path'),
    ];
  }

  beforeAll(async () => {
    world = await AlertWorld.on(await open(), {} as never, NOW);
    old = await openWith(OLD);
    uId = 'L1';
    tokenId = await world.addToken(null);
    ({ id: channelId, secret: channelSecret } = await addChannel(depsWith(old), CHANNEL, ACTOR));
    uploadId = world.deps.newId();
    const linkId = await world.store.write((tx) =>
      tx.uploads.addLink(
        { tokenId, secretHash: 'h', autoConfirm: false, createdBy: 'x', createdById: null, expiresAt: NOW },
        NOW,
      ),
    );
    const token = await old.seal('the token', tokenPlace(tokenId, uId));
    const upload = await old.seal('the file', uploadPlace(uploadId));
    const [present, next] = [
      await old.seal('one', `hooks/${uId}/secret`),
      await old.seal('two', `hooks/${uId}/secret`),
    ];
    await world.store.write(async (tx) => {
      await tx.uploads.add(
        { id: uploadId, linkId, tokenId, fileName: null, sealed: upload, fingerprint: old.fingerprint('the file') },
        NOW,
      );
      await tx.hooks.insert({ uId, path: 'path', secret: present, secretMark: old.fingerprint('one') }, NOW);
      await tx.hooks.change(uId, { next: { secret: next, mark: old.fingerprint('two'), at: NOW } });
    });
    await sql`update content_tokens set sealed = ${token}, fingerprint = ${old.fingerprint('the token')}`.execute(
      world.database.db,
    );
  });

  test('a text that changes concurrently is skipped', async () => {
    const replaced = await world.store.write(async (tx) => {
      const all = await tx.seals.list(null, 10);
      return Promise.all(all.map((text) => tx.seals.replace({ ...text, sealed: `${text.sealed}x` }, 'fresh')));
    });

    expect(replaced).toEqual([false, false, false, false, false]);
  });

  test('a missing key is named with the rows that it would open, and nothing changes', async () => {
    const { resealed, failed } = await reseal(depsWith(await openWith(NEW)), 'old');

    expect(resealed).toBe(0);
    expect(failed.map(({ code }) => code)).toEqual(Array(5).fill('seal.no-key-fits'));
    expect(failed.map(({ place }) => place)).toContain(`channels/${channelId}/settings`);
  });

  test('after resealing, the old key can be dropped, and stored texts are unchanged', async () => {
    const before = await opened(old);

    const both = await openWith(`${NEW},${OLD}`);
    expect(await reseal(depsWith(both), 'unbound')).toEqual({ resealed: 0, kept: 5, failed: [] });
    expect(await reseal(depsWith(both), 'old')).toEqual({ resealed: 5, kept: 0, failed: [] });
    expect(await reseal(depsWith(both), 'old')).toEqual({ resealed: 0, kept: 5, failed: [] });

    expect(await opened(await openWith(NEW))).toEqual(before);
    expect(before[3]).toEqual({ uId, secrets: ['one', 'two'] });
  });

  test('the settings of another channel do not open', async () => {
    const seal = await openWith(NEW);
    const { id: other } = await addChannel(depsWith(seal), { ...CHANNEL, name: 'Other' }, ACTOR);
    await sql`update channels set sealed = (select sealed from channels where id = ${channelId}) where id = ${other}`.execute(
      world.database.db,
    );

    expect((await openChannel(depsWith(seal), other)).settings).toBeNull();
    expect((await openChannel(depsWith(seal), channelId)).settings).toMatchObject({ secret: channelSecret });
  });

  test("a channel whose settings do not open can't be changed in part, and works again once all of them are set", async () => {
    const chat: ChannelDraft = { ...CHANNEL, kind: 'slack', name: 'Chat' };
    const { id } = await addChannel(depsWith(await openWith(newKey())), chat, ACTOR);
    const seal = await openWith(NEW);

    const named = changeChannel(depsWith(seal), id, { ...chat, name: 'Chats', settings: {} }, ACTOR);

    await expect(named).rejects.toMatchObject({ code: 'channel.sealed' });
    await changeChannel(depsWith(seal), id, chat, ACTOR);
    expect((await openChannel(depsWith(seal), id)).settings).toEqual(chat.settings);
  });

  test('a notification secret that does not open is ignored, and a new one is requested once', async () => {
    const seal = await openWith(NEW);
    await sql`update hooks set secret = ${await seal.seal('one', 'hooks/L2/secret')}`.execute(world.database.db);
    wanted.length = 0;

    expect(await openHook(depsWith(seal), 'path')).toEqual({ uId, secrets: ['two'] });
    await openHook(depsWith(seal), 'path');

    expect(wanted).toEqual(['applyHook']);
  });
});
