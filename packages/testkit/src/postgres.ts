import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startPostgresServer } from './postgres-server.ts';
import { askDesk } from './run-desk.ts';

export interface TestDatabase {
  /** Its address, for a pool, a server process or `pg_dump`. */
  url: string;
  /** Ends all connections to it and deletes it. */
  drop(): Promise<void>;
}

let address: Promise<string> | undefined;

/** An empty database on the PostgreSQL of this test run; a run without one gets one for this process. */
export async function createTestDatabase(): Promise<TestDatabase> {
  address ??= findServer();
  const server = await address;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `drop database if exists ${name} with (force)`) };
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
