import {
  addBatchFile,
  changeBatchFiles,
  confirmBatch,
  discardBatch,
  judgeBatch,
  openBatch,
  startWhatIsDue,
  workOnBatch,
} from '@winesap/core';
import { bytesOf, wrongFiles } from '@winesap/testkit';
import { expect, test } from 'vitest';
import { readTokenRows } from '../../src/store/tokens/reads/tokens.ts';
import { type Held, useWorld } from './world.ts';

const world = useWorld();
const ANNA = { personId: null, name: 'Anna', requestId: null };

async function fileOf(names: { orgName: string; locationName: string }) {
  const location = await world().apple.addLocation(names);
  return { location, file: await world().apple.tokenFile(location.uId) };
}

/** Opens a batch with these files, and lets Apple be asked about them. */
async function batchOf(files: readonly { name: string; bytes: Uint8Array }[]): Promise<string> {
  const batchId = await openBatch(world().deps, ANNA);
  for (const { name, bytes } of files) await addBatchFile(world().deps, { batchId, bytes, size: null, fileName: name });
  await world().work();
  return batchId;
}

const filesOf = (batchId: string) => world().deps.store.read((view) => view.batches.files(batchId));
const judged = async (batchId: string) => judgeBatch(await filesOf(batchId), world().deps.installationId);
async function lines(batchId: string): Promise<string[]> {
  return (await judged(batchId)).map(({ file, verdict, problem }) =>
    [
      file.fileName,
      verdict,
      problem?.code ??
        (file.finding?.before == null ? `${file.place?.organizationName}/${file.place?.policyName}` : 'renew'),
    ].join(' '),
  );
}
const readyIds = async (batchId: string) =>
  (await judged(batchId)).filter(({ verdict }) => verdict === 'ready').map(({ file }) => file.id);
async function confirmAll(batchId: string): Promise<void> {
  await confirmBatch(world().deps, { batchId, fileIds: await readyIds(batchId) }, ANNA);
  await world().work();
}
const fresh = async (held: Held) => bytesOf(await world().apple.tokenFile(held.location.uId));

test('files of unknown organizations are proposed a new one each, with a policy of the location’s name', async () => {
  const north = await fileOf({ orgName: 'Lake District', locationName: 'North' });
  const south = await fileOf({ orgName: 'Lake District', locationName: 'South' });
  const other = await fileOf({ orgName: 'LAKE DISTRICT', locationName: 'Marina' });
  const batchId = await batchOf([
    { name: 'north', bytes: bytesOf(north.file) },
    { name: 'south', bytes: bytesOf(south.file) },
    { name: 'marina', bytes: bytesOf(other.file) },
  ]);

  expect(await lines(batchId)).toEqual([
    'north ready Lake District/North',
    'south ready Lake District/South',
    'marina ready LAKE DISTRICT (Marina)/Marina',
  ]);
  await confirmAll(batchId);

  expect((await judged(batchId)).map(({ verdict }) => verdict)).toEqual(['done', 'done', 'done']);
  const rows = (await readTokenRows(world().database.db, {}, world().deps.now())).filter(({ organizationName }) =>
    /^lake/i.test(organizationName),
  );
  expect(rows.map((row) => `${row.organizationName}/${row.policyName}`).sort()).toEqual([
    'LAKE DISTRICT (Marina)/Marina',
    'Lake District/North',
    'Lake District/South',
  ]);
  expect((await filesOf(batchId)).map(({ sealed }) => sealed)).toEqual([null, null, null]);
});

test('a batch renews what is held, and names every other file’s problem', async () => {
  const held = await world().hold();
  const older = await world().hold();
  const soon = new Date(world().deps.now().getTime() + 5 * 86_400_000);
  const [wrong] = wrongFiles(held.file);
  const batchId = await batchOf([
    { name: 'first', bytes: await fresh(held) },
    { name: 'second', bytes: await fresh(held) },
    { name: 'same', bytes: bytesOf(older.file) },
    { name: 'older', bytes: bytesOf(await world().apple.tokenFile(older.location.uId, { expiresAt: soon })) },
    { name: 'wrong', bytes: wrong?.bytes ?? new Uint8Array() },
  ]);

  expect(await lines(batchId)).toEqual([
    'first ready renew',
    'second problem batch.same-location',
    'same problem renewal.same-file',
    'older problem renewal.older-file',
    expect.stringMatching(/^wrong problem token-file\./),
  ]);
  await confirmAll(batchId);
  expect((await world().token(held)).version).toBe(2);
  expect((await world().token(older)).version).toBe(1);
  expect((await judged(batchId)).map(({ verdict }) => verdict)).toEqual([
    'done',
    'problem',
    'problem',
    'problem',
    'problem',
  ]);
});

test('a name that is long, or has marks that change directions, becomes a name that can be shown', async () => {
  const { file } = await fileOf({ orgName: `\u202e${'Orchard '.repeat(40)}`, locationName: '🍎🍏' });
  const batchId = await batchOf([{ name: 'odd', bytes: bytesOf(file) }]);

  const [one] = await filesOf(batchId);

  expect(one?.place?.organizationName).toMatch(/^Orchard( Orchard)+$/);
  expect(one?.place?.organizationName.length).toBeLessThanOrEqual(120);
  expect(one?.place?.policyName).toBe('🍎🍏');
});

test('a file that was used before the process died is recognized, not used twice', async () => {
  const held = await world().hold();
  const batchId = await batchOf([{ name: 'fresh', bytes: await fresh(held) }]);
  await confirmAll(batchId);
  // As if the note of the outcome had been lost with the process.
  const [file] = await filesOf(batchId);
  await world()
    .database.db.updateTable('batch_files')
    .set({ stage: 'confirmed', sealed: 'lost' })
    .where('id', '=', file?.id ?? '')
    .execute();
  await world().database.db.updateTable('batches').set({ ended_at: null }).where('id', '=', batchId).execute();

  await workOnBatch(world().deps, batchId);

  expect((await judged(batchId)).map(({ verdict }) => verdict)).toEqual(['done']);
  expect((await world().token(held)).version).toBe(2);
});

test('a foreign claim is watched beside, and taken over only if it is named', async () => {
  const { location, file } = await fileOf({ orgName: 'Taken', locationName: 'Taken' });
  await world().apple.claim(location.uId, { id: 'other-server', name: 'Other Server', metadata: '' });
  const batchId = await batchOf([{ name: 'taken', bytes: bytesOf(file) }]);
  const [one] = await filesOf(batchId);
  expect(one?.mode).toBe('watch');
  const change = (takeOverFrom?: string) =>
    changeBatchFiles(world().deps, {
      batchId,
      fileIds: [one?.id ?? ''],
      change: { mode: 'manage', takeOverFrom },
    });

  await change();
  expect(await lines(batchId)).toEqual(['taken problem claim.held']);
  await change('other-server');
  expect(await lines(batchId)).toEqual(['taken ready Taken/Taken']);
});

test('a discarded batch forgets its files, and takes no more', async () => {
  const held = await world().hold();
  const batchId = await batchOf([{ name: 'fresh', bytes: await fresh(held) }]);

  await discardBatch(world().deps, batchId);

  expect(await filesOf(batchId)).toMatchObject([{ stage: 'forgotten', sealed: null }]);
  const more = addBatchFile(world().deps, { batchId, bytes: await fresh(held), size: null, fileName: 'late' });
  await expect(more).rejects.toMatchObject({ code: 'batch.ended' });
});

test('files wait a day for a confirmation, then they are forgotten', async () => {
  const held = await world().hold();
  const batchId = await batchOf([{ name: 'fresh', bytes: await fresh(held) }]);

  await world().pass(25 * 3_600_000);
  await startWhatIsDue(world().deps);

  expect(await filesOf(batchId)).toMatchObject([{ stage: 'forgotten', sealed: null }]);
});
