import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newDataFolder, type TestFolder } from '@winesap/testkit/data-folder';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tidyDatabase } from '../src/store/engine/embedded/tidy.ts';
import { openDatabase } from '../src/store/engine/open-database.ts';

let folder: TestFolder;
let dataDir: string;

beforeEach(async () => {
  folder = await newDataFolder({ empty: true });
  ({ dataDir } = folder);
});

afterEach(() => folder.remove());

/** Another process that locks the folder, writes rows, and prints each one that was committed. */
function startWriter() {
  const writer = spawn(process.execPath, [join(import.meta.dirname, 'engine-writer.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { writer, lines: createInterface(writer.stdout) };
}

test('other users cannot read the data folder', async () => {
  rmSync(join(dataDir, 'database'), { recursive: true });
  chmodSync(dataDir, 0o755);

  const database = await openDatabase({ kind: 'embedded', dataDir });
  await database.close();

  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, 'database')).mode & 0o777).toBe(0o700);
});

test('its files are for its owner only, including those that an older Winesap left open', async () => {
  rmSync(join(dataDir, 'database'), { recursive: true });
  const open = () =>
    readdirSync(dataDir, { withFileTypes: true, recursive: true })
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => (statSync(path).mode & 0o077) !== 0);
  const use = async () => {
    const database = await openDatabase({ kind: 'embedded', dataDir });
    await sql`create table if not exists used (n int)`.execute(database.db);
    await sql`insert into used values (1)`.execute(database.db);
    const whileOpen = open();
    await database.close();
    return [...whileOpen, ...open()];
  };
  const fresh = await use();
  const database = join(dataDir, 'database');
  chmodSync(join(database, 'base'), 0o755);
  for (const name of ['PG_VERSION', 'postgresql.conf', 'global/pg_control']) chmodSync(join(database, name), 0o666);

  const again = await use();

  expect(fresh).toEqual([]);
  expect(again).toEqual([]);
});

test('a second process learns who holds the data folder, and kill -9 frees it with nothing lost', async () => {
  const { writer, lines } = startWriter();
  let acknowledged = 0;
  for await (const line of lines) {
    acknowledged = Number(line);
    if (acknowledged === 50) break;
  }

  await expect(openDatabase({ kind: 'embedded', dataDir })).rejects.toMatchObject({
    code: 'data-folder.in-use',
    message: expect.stringContaining(`process ${writer.pid}`),
  });

  lines.on('line', (line) => {
    acknowledged = Number(line);
  });
  writer.kill('SIGKILL');
  await once(writer, 'close');
  const database = await openDatabase({ kind: 'embedded', dataDir });
  const { rows } = await sql<{ n: number }>`select max(n) as n from written`.execute(database.db);
  await database.close();

  expect(rows[0]?.n).toBeGreaterThanOrEqual(acknowledged);
});

test('the same process cannot open the data folder twice', async () => {
  const first = await openDatabase({ kind: 'embedded', dataDir });

  await expect(openDatabase({ kind: 'embedded', dataDir })).rejects.toMatchObject({ code: 'data-folder.in-use' });

  await first.close();
  await (await openDatabase({ kind: 'embedded', dataDir })).close();
});

test('an interrupted first start is set aside, not reused', async () => {
  rmSync(join(dataDir, 'database', 'winesap-complete'));

  const database = await openDatabase({ kind: 'embedded', dataDir });
  const { rows } = await sql`select 1 as one`.execute(database.db);
  await database.close();

  expect(rows).toEqual([{ one: 1 }]);
  expect(readdirSync(dataDir).filter((name) => name.startsWith('database.interrupted-'))).toHaveLength(1);
});

test('an unreachable PostgreSQL server causes an error without the password', async () => {
  const url = 'postgresql://winesap:hunter2@127.0.0.1:1/winesap';

  const opening = openDatabase({ kind: 'postgres', url });

  await expect(opening).rejects.toMatchObject({ code: 'database.unreachable' });
  await expect(opening).rejects.not.toThrow('hunter2');
});

test('tidying frees the space of deleted rows', async () => {
  const database = await openDatabase({ kind: 'embedded', dataDir });
  await sql`create table one (a text)`.execute(database.db);
  await sql`insert into one select repeat('x', 1000) from generate_series(1, 2000)`.execute(database.db);
  await sql`delete from one`.execute(database.db);

  await tidyDatabase(database);

  const { rows } = await sql`select pg_relation_size('one') as size`.execute(database.db);
  await database.close();
  expect(rows).toEqual([{ size: 0 }]);
});

test('closing frees the folder and can be repeated', async () => {
  const database = await openDatabase({ kind: 'embedded', dataDir });

  await Promise.all([database.close(), database.close()]);

  expect(existsSync(join(dataDir, 'winesap.pid'))).toBe(false);
});

test('the log on disk stays short, however much is written', async () => {
  const { db, close } = await openDatabase({ kind: 'embedded', dataDir });
  await sql`create table written (n integer, text text)`.execute(db);
  for (let part = 0; part < 44; part++)
    await sql`insert into written select n, repeat('x', 1000) from generate_series(1, 3000) n`.execute(db);

  const { rows } = await sql<{ bytes: number }>`
    select pg_current_wal_lsn() - redo_lsn as bytes from pg_control_checkpoint()`.execute(db);
  // Of more than 132 MB.
  expect(rows[0]?.bytes).toBeLessThan(96 * 1024 * 1024);
  await close();
});
