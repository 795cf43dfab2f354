import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type Results } from '@electric-sql/pglite';
import { prepareDataFolder, syncPath, syncTree } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { DurableNodeFs } from './durable-node-fs.ts';
import { Mutex } from './mutex.ts';
import type { Session, SessionResult, SessionSource } from './session.ts';
import { StoreError } from './store-error.ts';
import { VALUE_PARSERS } from './value-types.ts';

/** A query or transaction ahead of us takes milliseconds; waiting this long means that somebody forgot to let go. */
const TURN_WITHIN_MS = 60_000;

export interface EmbeddedEngine extends SessionSource {
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
}

/** Opens PostgreSQL inside this process, with its files under `database` in the data folder. */
export async function openEmbeddedEngine(dataDir: string): Promise<EmbeddedEngine> {
  prepareDataFolder(dataDir);
  const lock = lockDataFolder(dataDir);
  try {
    const pglite = await openPGlite(join(dataDir, 'database'));
    return new OneSessionEngine(pglite, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openPGlite(folder: string): Promise<PGlite> {
  const complete = join(folder, 'winesap-complete');
  // No mark, but files: the very first start was interrupted. Nothing was ever acknowledged from there, yet it is set
  // aside rather than deleted, because deleting is nothing a program should decide.
  if (existsSync(folder) && !existsSync(complete)) renameSync(folder, `${folder}.interrupted-${Date.now()}`);
  const first = !existsSync(folder);
  if (first) mkdirSync(folder, { mode: 0o700 });
  const pglite = await PGlite.create({
    fs: new DurableNodeFs(folder),
    parsers: VALUE_PARSERS,
    // -F would switch fsync off. fdatasync does nothing in this build, so the log has to be written with fsync.
    startParams: PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    postgresqlconf: ['wal_sync_method=fsync', 'shared_buffers=16MB'],
  });
  if (first) {
    await pglite.exec('checkpoint');
    await syncTree(folder);
    writeFileSync(complete, '');
    syncPath(complete);
    syncPath(folder);
    syncPath(join(folder, '..'));
  }
  return pglite;
}

class OneSessionEngine implements EmbeddedEngine, Session {
  readonly #pglite: PGlite;
  readonly #unlock: () => void;
  readonly #turn = new Mutex();
  /** The channel of every subscription. */
  readonly #listeners: string[] = [];
  #endTurn: (() => void) | undefined;
  #broken: unknown;

  constructor(pglite: PGlite, unlock: () => void) {
    this.#pglite = pglite;
    this.#unlock = unlock;
  }

  async acquire(): Promise<Session> {
    const endTurn = await this.#turn.acquire(
      TURN_WITHIN_MS,
      () => new StoreError('database.busy', `The embedded database was not free within ${TURN_WITHIN_MS / 1000} s.`),
    );
    if (this.#broken) {
      endTurn();
      throw new StoreError('database.broken', 'The embedded database has stopped. Restart Winesap.', {
        cause: this.#broken,
      });
    }
    this.#endTurn = endTurn;
    return this;
  }

  async release(): Promise<void> {
    try {
      if (!this.#broken && this.#pglite.isInTransaction()) await this.#pglite.exec('rollback');
    } finally {
      this.#endTurn?.();
    }
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SessionResult> {
    try {
      if (parameters.length > 0) return resultOf([await this.#pglite.query(sql, [...parameters])]);
      return resultOf(await this.#pglite.exec(sql));
    } catch (error) {
      // Every answer of PostgreSQL carries a code. Anything else comes from the machine below: it is not usable any more.
      if (!(error instanceof Error && 'code' in error)) this.#broken = error;
      throw error;
    }
  }

  async listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>> {
    // NOTE: not PGlite's own `listen`, which mixes up names that contain a quote.
    const name = `"${channel.replaceAll('"', '""')}"`;
    const stop = this.#pglite.onNotification((from, payload) => {
      if (from === channel) onMessage(payload);
    });
    this.#listeners.push(channel);
    await this.#inTurn(() => this.#pglite.exec(`listen ${name}`));
    return async () => {
      stop();
      this.#listeners.splice(this.#listeners.indexOf(channel), 1);
      if (!this.#listeners.includes(channel)) await this.#inTurn(() => this.#pglite.exec(`unlisten ${name}`));
    };
  }

  async close(): Promise<void> {
    const endTurn = await this.#turn.acquire(TURN_WITHIN_MS, () => new Error('The embedded database is still in use.'));
    try {
      await this.#pglite.close();
    } finally {
      this.#unlock();
      endTurn();
    }
  }

  // LISTEN is a statement like any other: inside somebody's transaction it would be undone with it.
  async #inTurn<T>(action: () => Promise<T>): Promise<T> {
    await this.acquire();
    try {
      return await action();
    } finally {
      await this.release();
    }
  }
}

function resultOf(results: Results<unknown>[]): SessionResult {
  const last = results.at(-1);
  return {
    command: last?.command ?? '',
    rowCount: last?.rowCount ?? last?.affectedRows ?? 0,
    rows: results.length === 1 && last ? last.rows : results.flatMap((result) => result.rows),
  };
}
