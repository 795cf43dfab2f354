import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../engine/open-database.ts';

type WriteTrouble = 'disk-full' | 'database-away';

/** The embedded database writes its log in files of 16 MB: with space for a few, it can still be tidied. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;
const TRY_EVERY_MS = 2_000;

/**
 * Returns why a write would fail now; null if it would succeed. Sends no query while all is well. After a failed read
 * or write, it writes a row to find out, at most every two seconds, however often it is called. `dataDir`: where the
 * embedded database is; null: its disk can't be checked from here.
 */
export function createCanWrite(
  database: Database,
  dataDir: string | null,
  now: () => Date,
  freeBytes: (folder: string) => Promise<number> = freeBytesOf,
): () => Promise<WriteTrouble | null> {
  let tried: { at: number; outcome: Promise<WriteTrouble | null> } | null = null;
  const attempt = async () => {
    try {
      await sql`update installation set id = id`.execute(database.db);
      return null;
    } catch {
      return 'database-away';
    }
  };
  return async () => {
    if (dataDir !== null && (await freeBytes(dataDir)) < LEAST_FREE_BYTES) return 'disk-full';
    if (!database.inTrouble()) return null;
    if (tried === null || now().getTime() - tried.at >= TRY_EVERY_MS) {
      const outcome = attempt();
      tried = { at: now().getTime(), outcome };
      if ((await outcome) === null) database.forgetTrouble();
    }
    return tried.outcome;
  };
}

async function freeBytesOf(folder: string): Promise<number> {
  // If the free space is unknown, a write will show.
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: Infinity, bsize: 1 }));
  return bavail * bsize;
}
