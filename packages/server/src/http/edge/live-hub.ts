import type { StreamMessage } from '@winesap/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Credential } from '../../auth/caller.ts';
import { Refusal } from '../refusals/refusal.ts';

const PING_EVERY_MS = 20_000;
/**
 * The limit for one person's tabs, dashboards, and scripts together. More than this means that a program opens streams
 * and forgets them.
 */
const STREAMS_PER_PERSON = 30;
const RETRY_AFTER_SECONDS = 30;

interface Watcher {
  reply: FastifyReply;
  personId: string;
  credential: Credential;
}

/**
 * All live streams. A stream ends with the session or key that opened it. Slow readers are disconnected: they reconnect
 * and read again.
 */
export class LiveHub {
  readonly #open = new Set<Watcher>();
  readonly #pings: NodeJS.Timeout;
  readonly #version: string;
  readonly #isGood: (credential: Credential) => Promise<boolean>;
  readonly #now: () => Date;
  #closed = false;

  constructor(version: string, isGood: (credential: Credential) => Promise<boolean>, now: () => Date) {
    this.#version = version;
    this.#isGood = isGood;
    this.#now = now;
    this.#pings = setInterval(() => {
      this.#endExpired();
      this.#send(': still here\n\n');
    }, PING_EVERY_MS);
    this.#pings.unref();
  }

  get watchers(): number {
    return this.#open.size;
  }

  /**
   * Keeps the response open as a stream of server-sent events until either side ends it.
   * Errors: `stream.too-many` if the person has too many open.
   */
  admit(request: FastifyRequest, reply: FastifyReply, personId: string, credential: Credential): void {
    if (this.#closed) throw new Refusal('server.stopping', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    const own = [...this.#open].filter((watcher) => watcher.personId === personId);
    if (own.length >= STREAMS_PER_PERSON)
      throw new Refusal('stream.too-many', { most: STREAMS_PER_PERSON, retryAfterSeconds: RETRY_AFTER_SECONDS });
    reply.hijack();
    const headers = reply.getHeaders();
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const watcher = { reply, personId, credential };
    this.#open.add(watcher);
    request.raw.on('close', () => this.#open.delete(watcher));
    reply.raw.write(`retry: 2000\n\n${frame({ topic: 'hello', version: this.#version })}`);
  }

  broadcast(message: StreamMessage): void {
    this.#send(frame(message));
  }

  /** Ends the streams whose session or key is no longer valid: this person's, or everyone's if no person is given. */
  async endUnwelcome(personId?: string): Promise<void> {
    for (const watcher of [...this.#open]) {
      if (personId !== undefined && watcher.personId !== personId) continue;
      if (!(await this.#isGood(watcher.credential))) this.#end(watcher);
    }
  }

  /** Ends all streams and admits no new ones. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#pings);
    for (const watcher of this.#open) this.#end(watcher);
  }

  #endExpired(): void {
    const now = this.#now();
    for (const watcher of this.#open) {
      const { expiresAt } = watcher.credential;
      if (expiresAt !== null && expiresAt <= now) this.#end(watcher);
    }
  }

  #end(watcher: Watcher): void {
    watcher.reply.raw.end();
    this.#open.delete(watcher);
  }

  #send(text: string): void {
    for (const watcher of this.#open) {
      const { raw } = watcher.reply;
      if (raw.writableLength > 1_000_000) {
        raw.destroy();
        this.#open.delete(watcher);
      } else raw.write(text);
    }
  }
}

function frame(message: StreamMessage): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}
