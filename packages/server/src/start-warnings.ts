import type { Resealed } from '@winesap/core';
import type { Config } from './config/load-config.ts';
import type { Log } from './log/create-log.ts';
import type { Seal } from './seal/seal.ts';

/** Warns of a database that is reached without proof of who answers. */
export function warnOfDatabase(log: Log, { databaseTls }: Config): void {
  if (databaseTls === 'plain')
    log.warn(
      {},
      'the connection to the database is not encrypted: put sslmode=verify-full into WINESAP_DATABASE_URL (docs/operations.md)',
    );
  if (databaseTls === 'unverified')
    log.warn(
      {},
      'the connection to the database is encrypted, but the server is not verified: put sslmode=verify-full into WINESAP_DATABASE_URL (docs/operations.md)',
    );
}

/**
 * Warns of sealing keys that others may know. A start that is refused would help nobody: containers hand secrets over in files that are open within the container.
 */
export function warnOfKeys(log: Log, { openFiles, guessableKeys }: Seal): void {
  for (const { file, mode } of openFiles)
    log.warn({ file, mode }, 'everybody on this machine can read the file with the sealing key: make its mode 600');
  if (guessableKeys.length > 0)
    log.warn({ keys: guessableKeys }, 'an older sealing key can be guessed: run winesap reseal, then remove it');
}

/** Logs which stored secrets were bound to their rows: those from before that was done, at the first start after it. */
export function logResealed(log: Log, { resealed, failed }: Resealed): void {
  if (resealed > 0) log.info({ resealed }, 'stored secrets were bound to their rows');
  if (failed.length === 0) return;
  const codes = [...new Set(failed.map(({ code }) => code))];
  // Table and id alone: the log takes a whole place for a token, and masks it.
  const first = failed.slice(0, 20).map(({ place }) => place.split('/').slice(0, 2).join(' '));
  log.error({ rows: failed.length, codes, first }, 'stored secrets cannot be opened');
}
