import pg from 'pg';
import type { Session, SessionResult, SessionSource } from '../session.ts';
import { StoreError } from '../store-error.ts';
import { asUnavailable, unavailable } from '../unavailable.ts';
import { serverTypes } from '../value-types.ts';
import { openListener } from './server-listener.ts';

export interface ServerEngine extends SessionSource {
  listen(channel: string, onMessage: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
  heard(): Promise<boolean>;
}

/**
 * Opens a pool of connections to a PostgreSQL server.
 * Errors: `database.unreachable`, without the password in the address.
 */
export async function openServerEngine(url: string, poolSize: number): Promise<ServerEngine> {
  const settings: pg.ClientConfig = {
    connectionString: url,
    application_name: 'winesap',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    types: serverTypes,
  };
  const pool = new pg.Pool({ ...settings, max: poolSize });
  // The pool replaces a connection that dies while idle. Without a listener, its error would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => {
    client.on('error', () => {});
    // Queued before the first query on the connection: days begin at the same instant on every engine.
    client.query("set time zone 'UTC'").catch(() => {});
  });
  try {
    (await pool.connect()).release();
  } catch (cause) {
    await pool.end();
    throw new StoreError('database.unreachable', `The PostgreSQL server cannot be used: ${reasonOf(cause)}.`, {
      cause,
    });
  }
  const listener = openListener(settings);
  return {
    acquire: async () => {
      // Whatever prevents a connection, even an error code from PostgreSQL, means that it is unreachable.
      const client = await pool.connect().catch((cause: unknown) => {
        throw unavailable(cause);
      });
      return new PooledSession(client);
    },
    release: async (session) => (session as PooledSession).giveBack(),
    listen: (channel, onMessage, onReconnect) => listener.listen(channel, onMessage, onReconnect),
    heard: () => listener.heard(),
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
}

class PooledSession implements Session {
  readonly #client: pg.PoolClient;
  #failed = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<SessionResult> {
    const answer: unknown = await this.#client.query(sql, [...parameters]).catch((error: unknown) => {
      this.#failed = true;
      throw asUnavailable(error);
    });
    // Several statements in one text return a list of results.
    const results = (Array.isArray(answer) ? answer : [answer]) as pg.QueryResult[];
    const last = results.at(-1);
    return {
      command: last?.command ?? '',
      rowCount: last?.rowCount ?? 0,
      rows: results.length === 1 && last ? last.rows : results.flatMap((result) => result.rows),
    };
  }

  /** Rolls back whatever was left open. A connection that can't even do that is closed. */
  async giveBack(): Promise<void> {
    // NOTE: after an error, the known state is useless: the error arrives before the server reports its new state.
    if (!this.#failed && this.#client.getTransactionStatus() === 'I') return this.#client.release();
    try {
      await this.#client.query('rollback');
      this.#client.release();
    } catch {
      this.#client.release(true);
    }
  }
}

function reasonOf(error: unknown): string {
  const all = error instanceof AggregateError ? error.errors : [error];
  return all.map((one) => (one instanceof Error ? one.message : 'no reason given')).join('; ');
}
