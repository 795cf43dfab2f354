import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Heard {
  readonly head: string;
  readonly body: string;
}

/** What the server does with one request: anything a socket can do. */
export type Act = (socket: Socket, heard: Heard) => void;

export interface ScriptedServer {
  readonly url: string;
  /** Every request received so far, in order, raw. */
  readonly heard: readonly Heard[];
  /** Resolves as soon as that many requests have been received. */
  heardCount(count: number): Promise<void>;
}

/**
 * A server on a bare socket that follows a script: the first request gets the first act, and so on; the last act
 * repeats. It closes when the test ends.
 */
export async function scriptedServer(...acts: Act[]): Promise<ScriptedServer> {
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The client may hang up at any point: that is what these tests are about.
    socket.on('error', () => undefined);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      for (let request = takeRequest(text); request; request = takeRequest(text)) {
        text = request.rest;
        const act = acts[Math.min(heard.length, acts.length - 1)];
        heard.push(request.heard);
        for (const { count, resolve } of waiting) if (heard.length >= count) resolve();
        act?.(socket, request.heard);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    heardCount: (count) =>
      new Promise((resolve) => {
        if (heard.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
}

function takeRequest(text: string): { heard: Heard; rest: string } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = text.slice(0, end);
  const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const body = text.slice(end + 4, end + 4 + length);
  return body.length < length ? null : { heard: { head, body }, rest: text.slice(end + 4 + length) };
}

export function answer(status: number, body: string, headers: Record<string, string> = {}): Act {
  const all = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return (socket) => socket.write(`HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n${body}`);
}

export function answerJson(status: number, body: unknown, headers?: Record<string, string>): Act {
  return answer(status, JSON.stringify(body), headers);
}

/** One of Apple's refusals. */
export function refuse(
  status: number,
  errorNumber: number,
  errorMessage: string,
  headers?: Record<string, string>,
): Act {
  return answerJson(status, { errorNumber, errorMessage }, headers);
}

/** Closes immediately, like a server that crashed. */
export const hangUp: Act = (socket) => socket.destroy();

export const sayNothing: Act = () => undefined;

/** An address where nothing listens. */
export async function nobodyThere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** A valid client config, as an answer and as a request. */
export const CONFIG = {
  uId: '2049025000431439',
  locationName: 'PS01',
  tokenExpirationDate: '2030-11-08T22:33:22+0000',
};
export const OK = answerJson(200, CONFIG);
export const CLAIM = { mdmInfo: { id: 'w-1', name: 'Winesap', metadata: '1' } };
