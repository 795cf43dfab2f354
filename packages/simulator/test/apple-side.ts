import { type EndpointId, endpoints } from '@winesap/contract';
import { expect } from 'vitest';
import { type SimulatorOptions, startSimulator } from '../src/index.ts';
import { problemsWithAnswer } from './closed-schemas.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are checked against the contract; tests read into them freely
export type Json = any;

export interface CallOptions {
  readonly query?: Record<string, string | number | boolean> | undefined;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
}

export interface Answered {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** A simulator for one test file, spoken to over HTTP. Every answer of a known endpoint is checked against the contract. */
export class AppleSide {
  readonly url: string;
  readonly close: () => Promise<void>;
  readonly #control: string;

  private constructor(url: string, control: string, close: () => Promise<void>) {
    this.url = url;
    this.#control = control;
    this.close = close;
  }

  static async start(options: SimulatorOptions = {}): Promise<AppleSide> {
    const simulator = await startSimulator({
      clock: 'virtual',
      rateLimit: false,
      now: Date.parse('2026-11-01T08:00:00Z'),
      ...options,
    });
    return new AppleSide(simulator.url, simulator.control, simulator.close);
  }

  /** A request to the control surface; anything but 2xx throws. */
  async control(method: string, path: string, body?: unknown): Promise<Json> {
    const { status, body: answer } = await this.tryControl(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  async tryControl(method: string, path: string, body?: unknown): Promise<Answered> {
    const response = await fetch(`${this.#control}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers };
  }

  /** A new location with a token for it. */
  async location(wanted: Record<string, unknown> = {}): Promise<{ uId: string; token: string; managedDomain: string }> {
    const row = await this.control('POST', '/locations', {
      orgName: 'Lakeside Schools',
      locationName: 'PS01',
      ...wanted,
    });
    return { uId: row.uId, managedDomain: row.managedDomain, token: await this.token(row.uId) };
  }

  token(uId: string, wanted: Record<string, unknown> = {}): Promise<string> {
    return this.control('POST', `/locations/${uId}/tokens`, wanted);
  }

  buy(uId: string, adamId: string, quantity: number, more: Record<string, unknown> = {}): Promise<Json> {
    return this.control('POST', `/locations/${uId}/purchases`, { adamId, quantity, ...more });
  }

  /** Calls an endpoint of the contract and checks the answer against it. */
  async call(id: EndpointId, { query = {}, body, token, headers = {} }: CallOptions = {}): Promise<Answered> {
    const { method, path } = endpoints[id];
    const parameters = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const response = await fetch(`${this.url}${path}${parameters.size > 0 ? `?${parameters}` : ''}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer: Json = await response.json();
    expect(problemsWithAnswer(id, answer), `${id} ${JSON.stringify(answer).slice(0, 300)}`).toEqual([]);
    return { status: response.status, body: answer, headers: response.headers };
  }

  /** Calls, advances the clock until the event has ended, and gives its status answer. */
  async settle(id: EndpointId, options: CallOptions): Promise<Json> {
    const submitted = await this.call(id, options);
    if (submitted.body.eventId === undefined) throw new Error(`${id} was refused: ${JSON.stringify(submitted.body)}`);
    for (;;) {
      await this.control('POST', '/clock', { advanceMs: 5000 });
      const { body } = await this.call('eventStatus', {
        token: options.token,
        query: { eventId: submitted.body.eventId },
      });
      if (body.eventStatus !== 'PENDING') return body;
    }
  }
}
