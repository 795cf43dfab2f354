import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { VALUE_PARSERS } from '../value-types.ts';
import type { CompiledPGlite } from './compile-pglite.ts';
import { closeTree, syncPath, syncTree } from './data-folder.ts';
import { DurableNodeFs } from './durable-node-fs.ts';

export interface OpenPGlite {
  pglite: PGlite;
  /** Why it can no longer be used, if it can't. */
  ended(): Error | undefined;
}

/** Opens PostgreSQL on the files of this folder and creates them if there are none. */
export async function openPGlite(
  folder: string,
  compiled: CompiledPGlite,
  sync: (fd: number) => void,
): Promise<OpenPGlite> {
  const complete = join(folder, 'winesap-complete');
  // Files without the mark mean that the very first start was interrupted. Nothing was ever acknowledged from there,
  // but it is set aside rather than deleted, because a program should not decide to delete data.
  if (existsSync(folder) && !existsSync(complete)) renameSync(folder, `${folder}.interrupted-${Date.now()}`);
  const first = !existsSync(folder);
  if (first) mkdirSync(folder, { mode: 0o700 });
  else await closeTree(folder);
  const fs = new DurableNodeFs(folder, sync);
  const pglite = await PGlite.create({
    fs,
    ...compiled,
    parsers: VALUE_PARSERS,
    // -F would switch fsync off. fdatasync does nothing in this build, so the log has to be written with fsync.
    startParams: PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    postgresqlconf: [
      'wal_sync_method=fsync',
      'shared_buffers=32MB',
      'max_wal_size=128MB',
      'min_wal_size=32MB',
      // Its timer would keep the process alive after a recovery.
      'log_startup_progress_interval=0',
    ],
  });
  if (first) {
    await pglite.exec('checkpoint');
    await syncTree(folder);
    writeFileSync(complete, '', { mode: 0o600 });
    syncPath(complete);
    syncPath(folder);
    syncPath(join(folder, '..'));
  }
  return { pglite, ended: () => fs.ended };
}
