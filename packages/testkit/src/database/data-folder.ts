import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '@winesap/server/prepare-database';
import { askDesk } from '../run-desk.ts';

export interface TestFolder {
  dataDir: string;
  remove(): void;
  [Symbol.dispose](): void;
}

export interface NewDatabase {
  /** Without tables. Otherwise it has those of this Winesap, and the installation id of every other such database. */
  empty?: boolean;
}

/**
 * Creates a data folder with an embedded database. Making such a database takes seconds of work, copying one a moment:
 * within a run each kind is made once.
 */
export async function newDataFolder({ empty = false }: NewDatabase = {}): Promise<TestFolder> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winesap-data-'));
  const template = await askDesk(empty ? 'empty-folder' : 'ready-folder');
  if (template !== undefined) cpSync(join(template, 'database'), join(dataDir, 'database'), { recursive: true });
  else if (!empty) await prepareDatabase({ kind: 'embedded', dataDir });
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  return { dataDir, remove, [Symbol.dispose]: remove };
}
