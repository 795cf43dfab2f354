import { createCipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApi, routes } from '@winesap/api';
import { bytesOf, type HeldLocation, holdLocation, refused, renew, type Stack, scanned } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { beforeAll, expect, test } from 'vitest';

/** Seals a text as Winesap did before rows were part of the seal. */
async function sealedAsBefore(stack: Stack, text: string): Promise<string> {
  const { keys } = JSON.parse(await readFile(join(stack.dataDir, 'seal-keys.json'), 'utf8')) as {
    keys: { kid: string; k: string }[];
  };
  const [key] = keys;
  const header = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: key?.kid })).toString('base64url');
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key?.k ?? '', 'base64url'), iv);
  cipher.setAAD(Buffer.from(header));
  const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
  const parts = [iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return [header, '', ...parts].join('.');
}

interface World {
  /** Each contains what was sealed for the other. */
  mine: HeldLocation;
  theirs: HeldLocation;
  /** Its row names another location. */
  relabeled: HeldLocation;
  /** Sealed in the old form: its own text, and another row's. */
  old: HeldLocation;
  oldSwapped: HeldLocation;
  oldSwappedSeal: string;
  /** Its file was swapped with the token's. */
  uploadId: string;
}

async function upload(stack: Stack, held: HeldLocation): Promise<string> {
  const { api } = stack.owner;
  const params = { tokenId: held.tokenId };
  const made = await api.call(routes.addUploadLink, { params, body: { days: 3, autoConfirm: false } });
  const body = bytesOf(await stack.apple.tokenFile(held.location.uId));
  await createApi({ baseUrl: stack.url }).call(routes.sendUpload, {
    params: { secret: made.path.replace('/upload/', '') },
    body,
  });
  const { waiting } = await api.call(routes.listUploads, { params });
  return waiting[0]?.id ?? '';
}

async function makeWorld(stack: Stack): Promise<World> {
  const mine = await holdLocation(stack, { mode: 'watch' });
  const theirs = await holdLocation(stack);
  const relabeled = await holdLocation(stack);
  const old = await holdLocation(stack);
  const oldSwapped = await holdLocation(stack);
  const uploadId = await upload(stack, old);
  const oldSeal = await sealedAsBefore(stack, old.file);
  const oldSwappedSeal = await sealedAsBefore(stack, theirs.file);
  await stack.withDatabase(async ({ db }) => {
    const sealOf = async (id: string) =>
      (await db.selectFrom('content_tokens').select('sealed').where('id', '=', id).executeTakeFirstOrThrow()).sealed;
    const change = (id: string, columns: { sealed?: string | null; location_uid?: string }) =>
      db.updateTable('content_tokens').set(columns).where('id', '=', id).execute();
    const [one, other] = [await sealOf(mine.tokenId), await sealOf(theirs.tokenId)];
    await change(mine.tokenId, { sealed: other });
    await change(theirs.tokenId, { sealed: one });
    await db.insertInto('locations').values({ uid: 'elsewhere' }).execute();
    await change(relabeled.tokenId, { location_uid: 'elsewhere' });
    await change(old.tokenId, { sealed: oldSeal });
    await change(oldSwapped.tokenId, { sealed: oldSwappedSeal });
    await db.updateTable('uploads').set({ sealed: one }).where('id', '=', uploadId).execute();
  });
  await stack.restart();
  return { mine, theirs, relabeled, old, oldSwapped, oldSwappedSeal, uploadId };
}

withStack('embedded', (stack) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(stack());
  });

  const stateOf = async ({ tokenId }: HeldLocation) => {
    const { health } = await stack().owner.api.call(routes.checkToken, { params: { tokenId } });
    return health;
  };

  test('a token sealed for another row is locked, with an error event, and Apple is not asked', async () => {
    const { mine } = world;
    await stack().apple.forgetRequests();

    const health = await stateOf(mine);

    expect(health).toMatchObject({ state: 'locked', severity: 'broken', label: 'Locked' });
    expect(health.apple?.line).toBe(
      'not sent - error while opening the stored token || It was sealed for another row of the database.',
    );
    expect((await stack().apple.requests()).byLocation[mine.location.uId]?.total).toBe(0);
    const { events } = await stack().owner.api.call(routes.listEvents, { query: { tokenId: mine.tokenId } });
    expect(events[0]).toMatchObject({ level: 'error', code: 'token.locked' });
  });

  test('it is neither scanned nor used for a change at Apple', async () => {
    const params = { tokenId: world.mine.tokenId };
    const assets = () => stack().owner.api.call(routes.listAssets, { params: { policyId: world.mine.policyId } });
    const before = await assets();
    await stack().apple.forgetRequests();

    const scan = await refused(stack().owner.api.call(routes.scanToken, { params }));
    const mode = await refused(stack().owner.api.call(routes.changeMode, { params, body: { mode: 'manage' } }));

    expect(scan).toMatchObject({ code: 'scan.token-dead', status: 409 });
    expect(mode).toMatchObject({ code: 'token.locked', status: 409 });
    expect(await assets()).toEqual(before);
    expect((await stack().apple.requests()).byLocation[world.theirs.location.uId]?.total).toBe(0);
  });

  test('it works again after a renewal', async () => {
    const { mine } = world;

    await renew(stack().owner.api, mine.tokenId, await stack().apple.tokenFile(mine.location.uId));

    expect((await scanned(stack().owner.api, mine.tokenId)).health.state).toBe('healthy');
  });

  test('it can be removed, even before it was noticed', async () => {
    const { claim } = await stack().owner.api.call(routes.removeToken, {
      params: { tokenId: world.theirs.tokenId },
      body: { locationName: world.theirs.location.locationName, releaseClaim: true },
    });

    expect(claim).toBe('not-released');
  });

  test('a row relabeled with another location is locked', async () => {
    expect((await stateOf(world.relabeled)).state).toBe('locked');
  });

  test('seals without rows open, and are bound at the next start, unless they were swapped', async () => {
    const { old, oldSwapped, oldSwappedSeal } = world;

    expect((await stateOf(old)).state).toBe('healthy');
    expect((await stateOf(oldSwapped)).state).toBe('locked');
    const sealed = await stack().withDatabase(
      async ({ db }) =>
        new Map(
          (await db.selectFrom('content_tokens').select(['id', 'sealed']).execute()).map((row) => [row.id, row.sealed]),
        ),
    );
    const header = Buffer.from(sealed.get(old.tokenId)?.split('.')[0] ?? '', 'base64url').toString();
    expect(JSON.parse(header)).toMatchObject({ place: `content_tokens/${old.tokenId}/token/${old.location.uId}` });
    expect(sealed.get(oldSwapped.tokenId)).toBe(oldSwappedSeal);
    const log = stack().log.join('');
    expect(log).toContain('stored secrets were bound to their rows');
    expect(log).toContain(`content_tokens ${oldSwapped.tokenId}`);
  });

  test('a swapped upload is refused by code, and can be declined', async () => {
    const params = { uploadId: world.uploadId };

    const problem = await refused(stack().owner.api.call(routes.previewUpload, { params }));

    expect(problem).toMatchObject({ code: 'upload.locked', status: 409 });
    await stack().owner.api.call(routes.declineUpload, { params });
  });
});
