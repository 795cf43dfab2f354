import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askDesk } from '../run-desk.ts';

export interface TestFolder {
  dataDir: string;
  remove(): void;
}

/**
 * A data folder of one's own with an empty embedded database. Making such a database takes seconds of work, copying one
 * a moment: within a run it is made once.
 */
export async function newDataFolder(): Promise<TestFolder> {
  const dataDir = mkdtempSync(join(tmpdir(), 'winesap-data-'));
  const template = await askDesk('data-folder');
  if (template !== undefined) cpSync(join(template, 'database'), join(dataDir, 'database'), { recursive: true });
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}
