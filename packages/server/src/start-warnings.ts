import type { Resealed } from '@winesap/core';
import type { Config } from './config/load-config.ts';
import type { Log } from './log/create-log.ts';
import type { Seal } from './seal/seal.ts';

/** Warns about a database connection that does not verify the server. */
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
 * Warns about sealing keys that others may know. Refusing to start would not help: containers mount secrets as files
 * that are readable within the container.
 */
export function warnOfKeys(log: Log, { openFiles, guessableKeys }: Seal): void {
  for (const { file, mode } of openFiles)
    log.warn({ file, mode }, 'everybody on this machine can read the file with the sealing key: make its mode 600');
  if (guessableKeys.length > 0)
    log.warn({ keys: guessableKeys }, 'an older sealing key can be guessed: run winesap reseal, then remove it');
}

/**
 * Logs which stored secrets were bound to their rows: those sealed before places existed, at the first start after the
 * upgrade.
 */
export function logResealed(log: Log, { resealed, failed }: Resealed): void {
  if (resealed > 0) log.info({ resealed }, 'stored secrets were bound to their rows');
  if (failed.length === 0) return;
  const codes = [...new Set(failed.map(({ code }) => code))];
  // Only table and ID: the log would mistake a whole place for a token and mask it.
  const first = failed.slice(0, 20).map(({ place }) => place.split('/').slice(0, 2).join(' '));
  log.error({ rows: failed.length, codes, first }, 'stored secrets cannot be opened');
}
