import type { PGlite } from '@electric-sql/pglite';

/** How long the log may grow before it is settled: half the time of a checkpoint, twice the pages written to the log. */
const LOG_BYTES = 32 * 1024 * 1024;
/** Rare enough to cost nothing, and often enough that a fast disk does not write much more meanwhile. */
const LOOK_EVERY_MS = 50;

/**
 * Checkpoints, which the embedded engine never does by itself: without them its log grows for as long as it runs, and is
 * read from its beginning after a power loss. To be called between two questions; does something at most now and then.
 */
export function keepLogShort(pglite: PGlite): () => Promise<void> {
  let lookedAt = performance.now();
  const unsettled = async () => {
    const { rows } = await pglite.query<{ bytes: number }>(
      'select pg_current_wal_lsn() - redo_lsn as bytes from pg_control_checkpoint()',
    );
    return Number(rows[0]?.bytes ?? 0);
  };
  return async () => {
    if (performance.now() - lookedAt < LOOK_EVERY_MS || pglite.isInTransaction()) return;
    if ((await unsettled()) > LOG_BYTES) await pglite.exec('checkpoint');
    lookedAt = performance.now();
  };
}
