import { statfs } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Database } from '../engine/open-database.ts';

type WriteTrouble = 'disk-full' | 'database-away';

/** The embedded database writes its log in files of 16 MB: with room for a few, it can still be tidied. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;
const TRY_EVERY_MS = 2_000;

/**
 * Says whether what is written now would be kept; null when it would. Asks nobody while all goes well. Once something could
 * not be stored or read, it writes a row to find out, every two seconds at most, however often it is asked.
 * `dataDir`: where the embedded database is; null: its disk is not ours to look at.
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
  // Where it can't be known, writing tells.
  const { bavail, bsize } = await statfs(folder).catch(() => ({ bavail: Infinity, bsize: 1 }));
  return bavail * bsize;
}
