import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';

/** Where test processes ask for the run's PostgreSQL. */
export const POSTGRES_DESK = 'TEST_POSTGRES_DESK';

/**
 * One PostgreSQL for a whole test run (Vitest's `globalSetup`). It starts when the first test asks for it, so a run
 * that needs none pays for none.
 */
export default async function setup(): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const desk = createServer((_request, response) => {
    server ??= startPostgresServer();
    server.then(
      (one) => response.end(one.url('postgres')),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  process.env[POSTGRES_DESK] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
  return async () => {
    desk.close();
    desk.closeAllConnections();
    await server?.then(
      (one) => one.stop(),
      () => {},
    );
  };
}
