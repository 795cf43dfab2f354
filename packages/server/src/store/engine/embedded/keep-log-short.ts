import type { Session } from '../session.ts';

/**
 * How long the log may grow before a checkpoint. A page that changes after a checkpoint is written to the log as a
 * whole: with half of this, a million rows at random positions of an index write four times as much.
 */
const LOG_BYTES = 64 * 1024 * 1024;
/** Rare enough to cost nothing, and often enough that a fast disk does not write much more in between. */
const LOOK_EVERY_MS = 50;

/**
 * Makes checkpoints, which the embedded engine never does by itself: without them, its log grows forever and is read
 * from its beginning after a power loss. Call it after each turn; now and then it takes its own turn by `inTurn`, so
 * that screens go between a slice of a scan and a checkpoint.
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
      // An error here also occurs with the next query, which reports it.
      .catch(() => undefined)
      .finally(() => {
        looking = false;
        lookedAt = performance.now();
      });
  };
}
