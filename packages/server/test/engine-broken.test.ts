import { until } from '@winesap/testkit';
import { newDataFolder, type TestFolder } from '@winesap/testkit/data-folder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedEngine, openEmbeddedEngine } from '../src/store/engine/embedded/embedded-engine.ts';

let folder: TestFolder;
let engine: EmbeddedEngine;
let disk: Int32Array;

beforeEach(async () => {
  folder = await newDataFolder();
  disk = new Int32Array(new SharedArrayBuffer(4));
  engine = await openEmbeddedEngine(folder.dataDir, disk);
});

afterEach(async () => {
  await engine.close();
  folder.remove();
});

function diskFails(fails: boolean): void {
  Atomics.store(disk, 0, fails ? 1 : 0);
}

async function ask(sql: string): Promise<unknown[]> {
  const session = await engine.acquire();
  try {
    return (await session.run(sql, [])).rows;
  } finally {
    await engine.release(session);
  }
}

test('when the disk fails, commits are refused and nothing hangs; when it works again, no acknowledged data is missing', async () => {
  await ask('create table kept (n integer)');
  await ask('insert into kept values (1)');
  let reconnects = 0;
  const heard: string[] = [];
  await engine.listen(
    'news',
    (payload) => heard.push(payload),
    () => {
      reconnects += 1;
    },
  );

  diskFails(true);
  await expect(ask('insert into kept values (2)')).rejects.toMatchObject({ code: 'database.away' });
  await expect(ask('select 1')).rejects.toMatchObject({ code: 'database.away' });
  expect(await engine.heard()).toBe(false);
  diskFails(false);

  const canAsk = () => ask('select n from kept where n = 1').catch(() => null);
  expect(await until('the database to answer', canAsk)).toEqual([{ n: 1 }]);
  await ask("insert into kept values (3); notify news, 'still heard'");
  expect(await ask('select n from kept where n in (1, 3) order by n')).toEqual([{ n: 1 }, { n: 3 }]);
  expect(reconnects).toBe(1);
  expect(heard).toEqual(['still heard']);
  expect(await engine.heard()).toBe(true);
});

test('while the disk keeps failing, reopening is tried and refused until it works', async () => {
  await ask('create table kept (n integer)');
  diskFails(true);
  await expect(ask('insert into kept values (1)')).rejects.toMatchObject({ code: 'database.away' });

  const codeOf = () =>
    ask('select 1').then(
      () => 'open',
      (error: { code?: string; cause?: unknown }) => `${error.code} ${error.cause instanceof Error}`,
    );
  for (let n = 0; n < 30; n++) expect(await codeOf()).toBe('database.away true');
  diskFails(false);
  await until('the folder to open', codeOf, (code) => code === 'open');
});
