import { until } from '@winesap/testkit';
import { newDataFolder, type TestFolder } from '@winesap/testkit/data-folder';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../src/store/engine/migrate.ts';
import { type Database, openDatabase } from '../src/store/engine/open-database.ts';
import { createCanWrite } from '../src/store/installation/can-write.ts';

const MB = 1024 * 1024;

let folder: TestFolder;
let disk: Int32Array;
let database: Database;
let at: number;

beforeEach(async () => {
  folder = await newDataFolder();
  disk = new Int32Array(new SharedArrayBuffer(4));
  database = await openDatabase({ kind: 'embedded', dataDir: folder.dataDir, diskFails: disk });
  await migrate(database);
  at = 0;
});
afterEach(async () => {
  await database.close();
  folder.remove();
});

const diskFails = (fails: boolean) => Atomics.store(disk, 0, fails ? 1 : 0);
const write = () => sql`update installation set id = id`.execute(database.db);
const whenever = () => new Date(at);

test('a failed write is reported until one has succeeded, even without other writes', async () => {
  const canWrite = createCanWrite(database, folder.dataDir, whenever);
  expect(await canWrite()).toBeNull();

  diskFails(true);
  await expect(write()).rejects.toMatchObject({ code: 'database.away' });
  expect(await canWrite()).toBe('database-away');
  diskFails(false);
  const later = () => {
    at += 2_000;
    return canWrite();
  };

  await until('writing to be possible', later, (trouble) => trouble === null);
  expect(database.inTrouble()).toBe(false);
});

test('frequent calls try to write at most every two seconds', async () => {
  const canWrite = createCanWrite(database, folder.dataDir, whenever);
  diskFails(true);
  await expect(write()).rejects.toMatchObject({ code: 'database.away' });
  expect(await canWrite()).toBe('database-away');
  diskFails(false);

  const answers = await Promise.all(Array.from({ length: 20 }, canWrite));

  expect(new Set(answers)).toEqual(new Set(['database-away']));
});

test.each([
  [63 * MB, 'disk-full'],
  [64 * MB, null],
])('with %i bytes free the disk is told as %s', async (free, told) => {
  const canWrite = createCanWrite(database, folder.dataDir, whenever, async () => free);

  expect(await canWrite()).toBe(told);
});

test('the disk of a database server is not checked', async () => {
  const canWrite = createCanWrite(database, null, whenever, async () => 0);

  expect(await canWrite()).toBeNull();
});
