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
 * Takes the data folder for this process. The lock is the operating system's, reached through SQLite, the only lock of
 * files that Node brings: it ends with the process however that ends, so there are no stale locks to judge, and a
 * process number that was given out again cannot deceive it.
 * Errors: `data-folder.in-use`, naming the process that holds it.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const pidFile = join(folder, 'winesap.pid');
  const lockFile = join(folder, 'winesap.lock');
  const lock = new DatabaseSync(lockFile);
  // Before the journal beside it is made, which gets the same mode.
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

// NOTE: only the process number is read from a file of its own. Opening the lock file itself from the holding process
// and closing it again would drop the lock: that is how POSIX locks work.
function readHolder(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
