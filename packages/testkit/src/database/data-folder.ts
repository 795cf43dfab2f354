import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareDatabase } from '@winesap/server/prepare-database';
import { askDesk } from '../run-desk.ts';

export interface TestFolder {
  dataDir: string;
  remove(): void;
  [Symbol.dispose](): void;
}

export interface NewDatabase {
  /**
   * Without tables. Otherwise it has those of this Winesap, and the same installation ID as every other such database.
   */
  empty?: boolean;
}

/**
 * Creates a data folder with an embedded database. Creating such a database takes seconds, copying one a moment, so
 * each kind is created once per test run, and copies are put beside it.
 */
export async function newDataFolder({ empty = false }: NewDatabase = {}): Promise<TestFolder> {
  const template = await askDesk(empty ? 'empty-folder' : 'ready-folder');
  const dataDir = mkdtempSync(join(template === undefined ? tmpdir() : dirname(template), 'winesap-data-'));
  if (template !== undefined) cpSync(join(template, 'database'), join(dataDir, 'database'), { recursive: true });
  else if (!empty) await prepareDatabase({ kind: 'embedded', dataDir });
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  return { dataDir, remove, [Symbol.dispose]: remove };
}
