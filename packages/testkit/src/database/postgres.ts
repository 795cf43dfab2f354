import { randomBytes } from 'node:crypto';
import { prepareDatabase } from '@winesap/server/prepare-database';
import pg from 'pg';
import { askDesk } from '../run-desk.ts';
import type { NewDatabase } from './data-folder.ts';
import { startPostgresServer } from './postgres-server.ts';

export interface TestDatabase {
  /** Its address, for a pool, a server process or `pg_dump`. */
  url: string;
  /** Ends all connections to it and deletes it. */
  drop(): Promise<void>;
  /** Ends all connections and refuses new ones, like a server that restarts. */
  shut(): Promise<void>;
  /** Accepts connections again. */
  reopen(): Promise<void>;
}

let address: Promise<string> | undefined;

/** Creates a database on the PostgreSQL of this test run; without one, starts one for this process. */
export async function createTestDatabase({ empty = false }: NewDatabase = {}): Promise<TestDatabase> {
  address ??= findServer();
  const server = await address;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = empty ? undefined : await askDesk('ready-database');
  await run(server, `create database ${name} ${template === undefined ? '' : `template ${template}`}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  if (!empty && template === undefined) await prepareDatabase({ kind: 'postgres', url: url.href });
  return {
    url: url.href,
    drop: () => run(server, `drop database if exists ${name} with (force)`),
    shut: async () => {
      await run(server, `alter database ${name} allow_connections false`);
      await run(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
    },
    reopen: () => run(server, `alter database ${name} allow_connections true`),
  };
}

async function findServer(): Promise<string> {
  return (await askDesk('postgres')) ?? (await startPostgresServer()).url('postgres');
}

async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
