import { join } from 'node:path';
import type { Session, SessionResult, SessionSource } from '../session.ts';
import { asUnavailable, unavailable } from '../unavailable.ts';
import { compilePGlite } from './compile-pglite.ts';
import { prepareDataFolder } from './data-folder.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { keepLogShort } from './keep-log-short.ts';
import { type Hurry, Mutex } from './mutex.ts';
import { type EngineThread, openThread } from './open-thread.ts';

/**
 * A query or transaction ahead of us takes milliseconds; a wait this long means that some code did not release its
 * session.
 */
const TURN_WITHIN_MS = 60_000;
/** How often a PostgreSQL that gave up is reopened at most. */
const REOPEN_EVERY_MS = 2_000;

export interface EmbeddedEngine extends SessionSource {
  listen(channel: string, onMessage: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
  heard(): Promise<boolean>;
}

/**
 * Opens PostgreSQL inside this process, on its own thread, with its files under `database` in the data folder.
 * `diskFails` is for tests: while it is not 0, every flush fails.
 */
export async function openEmbeddedEngine(
  dataDir: string,
  diskFails: Int32Array | null = null,
): Promise<EmbeddedEngine> {
  prepareDataFolder(dataDir);
  const lock = lockDataFolder(dataDir);
  const subscriptions = new Set<Subscription>();
  const hear = (channel: string, payload: string) => {
    for (const one of subscriptions) if (one.channel === channel) one.onMessage(payload);
  };
  const open = async () =>
    openThread({ folder: join(dataDir, 'database'), compiled: await compilePGlite(), diskFails }, hear);
  try {
    return new OneSessionEngine(await open(), open, subscriptions, lock.release);
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
  #thread: EngineThread;
  readonly #openAgain: () => Promise<EngineThread>;
  readonly #unlock: () => void;
  readonly #turn = new Mutex();
  readonly #subscriptions: Set<Subscription>;
  readonly #settleLog = keepLogShort((act) => this.#inTurn(() => act(this), 'patient'));
  #endTurn: (() => void) | undefined;
  #closed = false;
  #deaf = false;
  #openedAt = Date.now();

  constructor(
    thread: EngineThread,
    openAgain: () => Promise<EngineThread>,
    subscriptions: Set<Subscription>,
    unlock: () => void,
  ) {
    this.#thread = thread;
    this.#openAgain = openAgain;
    this.#subscriptions = subscriptions;
    this.#unlock = unlock;
  }

  async acquire(hurry: Hurry = 'soon'): Promise<Session> {
    const late = () => unavailable(new Error(`The embedded database was not free within ${TURN_WITHIN_MS / 1000} s.`));
    const endTurn = await this.#turn.acquire(TURN_WITHIN_MS, late, hurry);
    try {
      if (this.#closed) throw unavailable(new Error('The embedded database was closed.'));
      if (this.#thread.ended()) await this.#recover();
    } catch (error) {
      endTurn();
      throw error;
    }
    this.#endTurn = endTurn;
    return this;
  }

  async release(): Promise<void> {
    try {
      if (!this.#thread.ended() && this.#thread.inTransaction()) await this.#thread.run('rollback', []);
    } finally {
      this.#endTurn?.();
      this.#settleLog();
    }
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SessionResult> {
    try {
      return await this.#thread.run(sql, parameters);
    } catch (error) {
      throw this.#thread.ended() === undefined ? asUnavailable(error) : unavailable(this.#thread.ended());
    }
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

  /** The thread reports notifications before it reports that the commit is done. */
  async heard(): Promise<boolean> {
    return !this.#deaf && this.#thread.ended() === undefined;
  }

  async close(): Promise<void> {
    const endTurn = await this.#turn.acquire(TURN_WITHIN_MS, () => new Error('The embedded database is still in use.'));
    try {
      this.#closed = true;
      await this.#thread.close();
    } finally {
      this.#unlock();
      endTurn();
    }
  }

  /** Replaces a PostgreSQL that gave up by a new one on the same files, which recovers as after a power loss. */
  async #recover(): Promise<void> {
    if (Date.now() - this.#openedAt < REOPEN_EVERY_MS) throw unavailable(this.#thread.ended());
    this.#openedAt = Date.now();
    this.#deaf = true;
    await this.#thread.close();
    this.#thread = await this.#openAgain().catch((cause: unknown) => {
      throw unavailable(cause);
    });
    for (const { channel, onReconnect } of this.#subscriptions) {
      await this.run(`listen ${quoted(channel)}`, []);
      onReconnect();
    }
    this.#deaf = false;
  }

  // LISTEN is an ordinary statement: inside another caller's transaction it would be rolled back with it.
  async #inTurn(action: () => Promise<unknown>, hurry: Hurry = 'soon'): Promise<void> {
    await this.acquire(hurry);
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
