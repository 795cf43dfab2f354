import type { StreamMessage } from '@winesap/api';
import type { FastifyReply, FastifyRequest } from 'fastify';

const PING_EVERY_MS = 20_000;

/** Everybody who watches live. Slow readers are dropped: they come back and read anew. */
export class LiveHub {
  readonly #open = new Set<FastifyReply>();
  readonly #pings: NodeJS.Timeout;
  readonly #version: string;

  constructor(version: string) {
    this.#version = version;
    this.#pings = setInterval(() => this.#send(': still here\n\n'), PING_EVERY_MS);
    this.#pings.unref();
  }

  get watchers(): number {
    return this.#open.size;
  }

  /** Keeps the reply open as a stream of server-sent events until either side ends it. */
  admit(request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const headers = reply.getHeaders();
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    this.#open.add(reply);
    request.raw.on('close', () => this.#open.delete(reply));
    reply.raw.write(`retry: 2000\n\n${frame({ topic: 'hello', version: this.#version })}`);
  }

  broadcast(message: StreamMessage): void {
    this.#send(frame(message));
  }

  close(): void {
    clearInterval(this.#pings);
    for (const reply of this.#open) reply.raw.end();
    this.#open.clear();
  }

  #send(text: string): void {
    for (const reply of this.#open) {
      if (reply.raw.writableLength > 1_000_000) {
        reply.raw.destroy();
        this.#open.delete(reply);
      } else reply.raw.write(text);
    }
  }
}

function frame(message: StreamMessage): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}
