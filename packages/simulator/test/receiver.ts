import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './apple-side.ts';
import { problemsWithNotification } from './closed-schemas.ts';

export interface Received {
  readonly authorization: string | undefined;
  readonly body: Json;
  readonly problems: string[];
}

/** A receiver of notifications; each is checked against the contract on arrival. */
export class Receiver {
  readonly url: string;
  readonly received: Received[] = [];
  /** The status of its answers; `hang` gives none. */
  answer: number | 'hang' = 200;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${port}/hooks/1`;
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const receiver = new Receiver(server, (server.address() as AddressInfo).port);
    server.on('request', async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const body = JSON.parse(text);
      receiver.received.push({
        authorization: request.headers.authorization,
        body,
        problems: problemsWithNotification(body),
      });
      if (receiver.answer !== 'hang') response.writeHead(receiver.answer).end();
    });
    return receiver;
  }

  of(uId: string): Received[] {
    return this.received.filter((one) => one.body.uId === uId);
  }

  /** The inner objects of one type for one location. */
  notifications(uId: string, type: string): Json[] {
    return this.of(uId).flatMap((one) => (one.body.notificationType === type ? [one.body.notification] : []));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
