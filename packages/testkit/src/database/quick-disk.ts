import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** A run uses far less at once; the rest stays for the browser and everything else. */
const ROOM = 3 * 1024 ** 3;

/**
 * Returns where tests keep their embedded databases: in memory where Linux has room, because each commit waits for the disk
 * several times, else the temporary folder. Tests of that waiting itself (tests/durability/fsync.test.ts) use a real disk.
 */
export function quickDisk(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
