import type { Session } from '../session.ts';

/**
 * How long the log may grow before it is settled. A page that changes after a checkpoint is written to the log as a whole:
 * half of this, and a million rows that land anywhere in an index write four times as much.
 */
const LOG_BYTES = 64 * 1024 * 1024;
/** Rare enough to cost nothing, and often enough that a fast disk does not write much more meanwhile. */
const LOOK_EVERY_MS = 50;

/**
 * Checkpoints, which the embedded engine never does by itself: without them its log grows for as long as it runs, and is
 * read from its beginning after a power loss. To be called after each turn; takes a turn of its own now and then, by
 * `inTurn`, so that who waits for a screen goes between a slice of a scan and a checkpoint.
 */
export function keepLogShort(inTurn: (act: (session: Session) => Promise<void>) => Promise<void>): () => void {
  let lookedAt = performance.now();
  let looking = false;
  const look = async (session: Session) => {
    const { rows } = await session.run(
      'select pg_current_wal_lsn() - redo_lsn as bytes from pg_control_checkpoint()',
      [],
    );
    const [found] = rows as { bytes: number }[];
    if (Number(found?.bytes ?? 0) > LOG_BYTES) await session.run('checkpoint', []);
  };
  return () => {
    if (looking || performance.now() - lookedAt < LOOK_EVERY_MS) return;
    looking = true;
    inTurn(look)
      // What goes wrong here goes wrong with the next question, too, and is told then.
      .catch(() => undefined)
      .finally(() => {
        looking = false;
        lookedAt = performance.now();
      });
  };
}
