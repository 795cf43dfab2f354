import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy to Apple's side that can be closed: requests wait there until it opens. */
export interface Gate {
  url: string;
  shut(): void;
  open(): void;
  /** The number of waiting requests. */
  waiting(): number;
  close(): void;
}

export async function startGate(target: string): Promise<Gate> {
  let isShut = false;
  let passing: (() => void)[] = [];
  const server = createServer(async (incoming, response) => {
    if (isShut) await new Promise<void>((resolve) => passing.push(resolve));
    const { method, headers, url = '/' } = incoming;
    const outgoing = request(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } });
    outgoing.on('error', () => response.destroy());
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(outgoing);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
      for (const pass of passing) pass();
      passing = [];
    },
    waiting: () => passing.length,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
