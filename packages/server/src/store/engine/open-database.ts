import { AsyncLocalStorage } from 'node:async_hooks';
import { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { openEmbeddedEngine } from './embedded/embedded-engine.ts';
import { noteTrouble } from './note-trouble.ts';
import { openServerEngine } from './server/server-engine.ts';
import { createSessionDialect } from './session-driver.ts';

export type DatabaseOptions =
  | { kind: 'embedded'; dataDir: string /** For tests of broken disks. */; diskFails?: Int32Array }
  | { kind: 'postgres'; url: string; poolSize?: number };

/** The database of one process. All SQL goes through `db` or `patient`. */
export interface Database {
  db: Kysely<Tables>;
  /** The same for background work in many steps: on the embedded engine, screens go first. */
  patient: Kysely<Tables>;
  engine: 'embedded' | 'postgres';
  /**
   * Calls `onMessage` for every NOTIFY on the channel that is committed from now on. Call the returned function to
   * stop. `onReconnect` is called after a lost connection to a server came back: messages may have been missed.
   */
  listen(channel: string, onMessage: (payload: string) => void, onReconnect?: () => void): Promise<() => Promise<void>>;
  /**
   * Resolves to true once every message committed before the call, by any process, has reached its listeners. False if
   * that can't be known now.
   */
  heard(): Promise<boolean>;
  /** Whether the database was unreachable, or its disk full, since this was last reset. */
  inTrouble(): boolean;
  forgetTrouble(): void;
  close(): Promise<void>;
}

const POOL_SIZE = 10;

/**
 * Opens the database: PostgreSQL inside this process with its files in a folder, or a PostgreSQL server. Does not touch
 * the schema; see `migrate`.
 * Errors: `data-folder.in-use`, `database.unreachable` (both `StoreError`).
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const engine =
    options.kind === 'embedded'
      ? await openEmbeddedEngine(options.dataDir, options.diskFails)
      : await openServerEngine(options.url, options.poolSize ?? POOL_SIZE);
  let troubled = false;
  const source = noteTrouble(engine, () => {
    troubled = true;
  });
  const db = new Kysely<Tables>({ dialect: createSessionDialect(source) });
  const patient = new Kysely<Tables>({
    dialect: createSessionDialect({
      acquire: () => source.acquire('patient'),
      release: (session) => source.release(session),
      close: async () => undefined,
    }),
  });
  // Kysely closes its driver only if it was used; the first query ensures that and proves that the engine works.
  await db.connection().execute(async () => undefined);
  let closing: Promise<void> | undefined;
  return {
    db,
    patient,
    engine: options.kind,
    listen: (channel, onMessage, onReconnect = () => {}) => {
      // The embedded engine calls back from within another caller's COMMIT; the listener must not count as part of it.
      return engine.listen(channel, AsyncLocalStorage.bind(onMessage), AsyncLocalStorage.bind(onReconnect));
    },
    heard: () => engine.heard(),
    inTrouble: () => troubled,
    forgetTrouble: () => {
      troubled = false;
    },
    close: () => {
      closing ??= db.destroy();
      return closing;
    },
  };
}
