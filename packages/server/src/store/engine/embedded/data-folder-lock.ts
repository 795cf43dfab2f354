import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pid } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';
import { closePath } from './data-folder.ts';

export interface DataFolderLock {
  release(): void;
}

/**
 * Locks the data folder for this process. The lock is the operating system's, taken through SQLite, the only file lock
 * that Node provides. It ends with the process in every case, so there are no stale locks to judge, and a reused
 * process number can't deceive it.
 * Errors: `data-folder.in-use`, naming the process that holds it.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const pidFile = join(folder, 'winesap.pid');
  const lockFile = join(folder, 'winesap.lock');
  const lock = new DatabaseSync(lockFile);
  // Before the journal beside it is created, which gets the same mode.
  closePath(lockFile);
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (!isBusy(cause)) throw cause;
    throw new StoreError(
      'data-folder.in-use',
      `The data folder ${folder} is in use by another Winesap (process ${readHolder(pidFile)}). ` +
        'Stop that one first, or choose another folder with WINESAP_DATA_DIR.',
      { cause },
    );
  }
  writeFileSync(pidFile, `${pid}\n`, { mode: 0o600 });
  return {
    release: () => {
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

// NOTE: only the process number is read from a separate file. If the holding process opened and closed the lock file
// itself, it would drop the lock: POSIX locks work that way.
function readHolder(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
