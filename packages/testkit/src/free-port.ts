import { type AddressInfo, createServer } from 'node:net';

/** Returns a port that was free a moment ago, because a public address must be known before the start. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return String(port);
}
