import { AsyncLocalStorage } from 'node:async_hooks';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { Session, SessionSource } from './session.ts';
import { StoreError } from './store-error.ts';

/** Kysely's view of our sessions: the same driver, and so the same rules, for both engines. */
export function createSessionDialect(source: SessionSource): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new SessionDriver(source),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

interface OpenTransaction {
  ended: boolean;
}

const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class SessionConnection implements DatabaseConnection {
  readonly session: Session;
  transaction: OpenTransaction | undefined;

  constructor(session: Session) {
    this.session = session;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.session.run(query.sql, query.parameters);
    return WRITES.has(command) ? { numAffectedRows: BigInt(rowCount), rows: rows as R[] } : { rows: rows as R[] };
  }

  // biome-ignore lint/correctness/useYield: the interface asks for a generator, and there is nothing to yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are read in pages here, not streamed.');
  }
}

/** The transaction whose callback the current code runs in, of any driver, because drivers share sessions. */
const current = new AsyncLocalStorage<OpenTransaction>();

class SessionDriver implements Driver {
  readonly #source: SessionSource;

  constructor(source: SessionSource) {
    this.#source = source;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    // The surrounding transaction holds the only session of the embedded engine, so waiting for it would deadlock. A
    // server would lend another one, but the query would silently run outside the transaction. Both are mistakes.
    const around = current.getStore();
    if (around && !around.ended) {
      throw new StoreError(
        'database.outer-use',
        'The outer database was used inside a transaction. Use the transaction that was handed to the callback.',
      );
    }
    return new SessionConnection(await this.#source.acquire());
  }

  // NOTE: not `async`. enterWith has to run in the synchronous part of the call, so that the awaiting code, Kysely's
  // and then the callback, continues inside the mark.
  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const transaction: OpenTransaction = { ended: false };
    asOurs(connection).transaction = transaction;
    current.enterWith(transaction);
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : '';
    const access = settings.accessMode ? ` ${settings.accessMode}` : '';
    return execute(connection, `start transaction${isolation}${access}`).then(() => undefined);
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const command = await execute(connection, 'commit');
    // After a failed statement that the callback swallowed, there is nothing to commit; PostgreSQL shows that only in
    // the tag.
    if (command === 'ROLLBACK') throw new Error('The transaction was rolled back: a statement in it had failed.');
    endTransaction(connection);
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    endTransaction(connection);
    await execute(connection, 'rollback');
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await execute(connection, `savepoint ${quoted(name)}`);
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await execute(connection, `rollback to savepoint ${quoted(name)}`);
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await execute(connection, `release savepoint ${quoted(name)}`);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    endTransaction(connection);
    await this.#source.release(asOurs(connection).session);
  }

  async destroy(): Promise<void> {
    await this.#source.close();
  }
}

async function execute(connection: DatabaseConnection, sql: string): Promise<string> {
  return (await asOurs(connection).session.run(CompiledQuery.raw(sql).sql, [])).command;
}

function endTransaction(connection: DatabaseConnection): void {
  const { transaction } = asOurs(connection);
  if (transaction) transaction.ended = true;
}

function asOurs(connection: DatabaseConnection): SessionConnection {
  if (connection instanceof SessionConnection) return connection;
  throw new TypeError('This connection belongs to another driver.');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
