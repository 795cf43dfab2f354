import { fsyncSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { Mutex } from './mutex.ts';
import { type OpenPGlite, openPGlite } from './open-pglite.ts';
import type { Session, SessionResult, SessionSource } from './session.ts';
import { tellUnavailable, unavailable } from './unavailable.ts';

/** A query or transaction ahead of us takes milliseconds; waiting this long means that somebody forgot to let go. */
const TURN_WITHIN_MS = 60_000;
/** A PostgreSQL that gave up is opened anew at most so often. */
const REOPEN_EVERY_MS = 2_000;

export interface EmbeddedEngine extends SessionSource {
  listen(channel: string, onMessage: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
}

/**
 * Opens PostgreSQL inside this process, with its files under `database` in the data folder.
 * `sync` writes a file through to the disk; tests pass one that fails.
 */
export async function openEmbeddedEngine(
  dataDir: string,
  sync: (fd: number) => void = fsyncSync,
): Promise<EmbeddedEngine> {
  prepareDataFolder(dataDir);
  const lock = lockDataFolder(dataDir);
  const open = () => openPGlite(join(dataDir, 'database'), sync);
  try {
    return new OneSessionEngine(await open(), open, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Subscription {
  channel: string;
  onMessage(payload: string): void;
  onReconnect(): void;
}

class OneSessionEngine implements EmbeddedEngine, Session {
  #open: OpenPGlite;
  readonly #openAgain: () => Promise<OpenPGlite>;
  readonly #unlock: () => void;
  readonly #turn = new Mutex();
  readonly #subscriptions = new Set<Subscription>();
  #endTurn: (() => void) | undefined;
  #openedAt = Date.now();

  constructor(open: OpenPGlite, openAgain: () => Promise<OpenPGlite>, unlock: () => void) {
    this.#open = open;
    this.#openAgain = openAgain;
    this.#unlock = unlock;
    this.#hear();
  }

  async acquire(): Promise<Session> {
    const endTurn = await this.#turn.acquire(TURN_WITHIN_MS, () =>
      unavailable(new Error(`The embedded database was not free within ${TURN_WITHIN_MS / 1000} s.`)),
    );
    try {
      if (this.#open.ended()) await this.#recover();
    } catch (error) {
      endTurn();
      throw error;
    }
    this.#endTurn = endTurn;
    return this;
  }

  async release(): Promise<void> {
    const { pglite, ended } = this.#open;
    try {
      if (!ended() && pglite.isInTransaction()) await pglite.exec('rollback');
    } finally {
      this.#endTurn?.();
    }
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SessionResult> {
    const { pglite, ended } = this.#open;
    try {
      const results =
        parameters.length > 0 ? [await pglite.query(sql, [...parameters])] : ((await pglite.exec(sql)) ?? []);
      const last = results.at(-1);
      // What came back from a PostgreSQL that gave up in the middle is no answer.
      if (ended() === undefined)
        return {
          command: last?.command ?? '',
          rowCount: last?.rowCount ?? last?.affectedRows ?? 0,
          rows: results.length === 1 && last ? last.rows : results.flatMap((result) => result.rows),
        };
    } catch (error) {
      if (ended() === undefined) throw tellUnavailable(error);
    }
    throw unavailable(ended());
  }

  async listen(
    channel: string,
    onMessage: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<() => Promise<void>> {
    const subscription = { channel, onMessage, onReconnect };
    this.#subscriptions.add(subscription);
    await this.#inTurn(() => this.run(`listen ${quoted(channel)}`, []));
    return async () => {
      this.#subscriptions.delete(subscription);
      if ([...this.#subscriptions].some((other) => other.channel === channel)) return;
      await this.#inTurn(() => this.run(`unlisten ${quoted(channel)}`, []));
    };
  }

  async close(): Promise<void> {
    const endTurn = await this.#turn.acquire(TURN_WITHIN_MS, () => new Error('The embedded database is still in use.'));
    try {
      if (!this.#open.ended()) await this.#open.pglite.close();
    } finally {
      this.#unlock();
      endTurn();
    }
  }

  // NOTE: not PGlite's own `listen`, which mixes up names that contain a quote.
  #hear(): void {
    this.#open.pglite.onNotification((channel, payload) => {
      for (const one of this.#subscriptions) if (one.channel === channel) one.onMessage(payload);
    });
  }

  /** A PostgreSQL that gave up is replaced by a new one on the same files, which recovers as after a power loss. */
  async #recover(): Promise<void> {
    if (Date.now() - this.#openedAt < REOPEN_EVERY_MS) throw unavailable(this.#open.ended());
    this.#openedAt = Date.now();
    this.#open = await this.#openAgain().catch((cause: unknown) => {
      throw unavailable(cause);
    });
    this.#hear();
    for (const { channel, onReconnect } of this.#subscriptions) {
      await this.run(`listen ${quoted(channel)}`, []);
      onReconnect();
    }
  }

  // LISTEN is a statement like any other: inside somebody's transaction it would be undone with it.
  async #inTurn(action: () => Promise<unknown>): Promise<void> {
    await this.acquire();
    try {
      await action();
    } finally {
      await this.release();
    }
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
