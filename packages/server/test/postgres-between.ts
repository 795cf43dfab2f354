import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** A proxy between Winesap and its PostgreSQL server. */
export interface Between {
  /** The database's address through the proxy. */
  url: string;
  /** From now on, nothing gets through on open connections, without any error. */
  swallow(): void;
  close(): Promise<void>;
}

/**
 * Forwards everything to the database at `url`. `asPooler`: reports a made-up backend number to connecting clients, as
 * poolers do, because their clients are not tied to one backend.
 */
export async function startBetween(url: string, { asPooler = false } = {}): Promise<Between> {
  const behind = new URL(url);
  const path = join(behind.searchParams.get('host') ?? '', '.s.PGSQL.5432');
  const open = new Set<Socket>();
  const swallowed = new Set<Socket>();
  const server = createServer((client) => {
    const backend = connect(path);
    for (const [from, to] of [
      [client, backend],
      [backend, client],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => {
        if (swallowed.has(from)) return;
        to.write(asPooler && from === backend ? withOtherNumber(bytes) : bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://${behind.username}@127.0.0.1:${port}${behind.pathname}`,
    swallow: () => {
      for (const socket of open) swallowed.add(socket);
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** BackendKeyData: `K`, its length of 12, the number, and the secret. */
function withOtherNumber(bytes: Buffer): Buffer {
  const at = bytes.indexOf(Buffer.from([0x4b, 0, 0, 0, 12]));
  if (at >= 0) bytes.writeUInt32BE(4_000_000_000, at + 5);
  return bytes;
}
