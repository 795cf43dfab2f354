import pg from 'pg';
import { createSharedRounds } from './shared-rounds.ts';

interface Subscription {
  channel: string;
  onMessage(payload: string): void;
  onReconnect(): void;
}

export interface Listener {
  listen(channel: string, onMessage: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
  /**
   * Resolves to true once every message committed before the call has been received. False if that can't be known,
   * because the connection is lost, doesn't answer, or is shared through a pooler.
   */
  heard(): Promise<boolean>;
  close(): Promise<void>;
}

/** A connection that takes longer to answer counts as lost: it delivers no messages either. */
const ANSWER_WITHIN_MS = 2_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/**
 * LISTEN on a separate connection, opened with the first subscription and reopened whenever it is lost. After a loss,
 * every subscriber is notified by `onReconnect`: messages in between are lost, so it has to check for itself.
 */
export function openListener(settings: pg.ClientConfig): Listener {
  const subscriptions = new Set<Subscription>();
  let client: Promise<pg.Client> | undefined;
  /** The connection once it listens, until it is lost. */
  let live: pg.Client | undefined;
  let closed = false;
  let pause: NodeJS.Timeout | undefined;

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client(settings);
    next.on('notification', ({ channel, payload }) => {
      for (const one of subscriptions) if (one.channel === channel) one.onMessage(payload ?? '');
    });
    let lost = false;
    const onLoss = () => {
      if (lost || closed) return;
      lost = true;
      client = undefined;
      live = undefined;
      reconnect(FIRST_PAUSE_MS);
    };
    try {
      await next.connect();
      for (const channel of new Set([...subscriptions].map((one) => one.channel))) {
        await next.query(`listen ${quoted(channel)}`);
      }
    } catch (error) {
      next.on('error', () => {});
      await next.end().catch(() => {});
      throw error;
    }
    next.on('error', onLoss);
    next.on('end', onLoss);
    return next;
  }

  function reconnect(afterMs: number): void {
    if (closed || subscriptions.size === 0) return;
    pause = setTimeout(() => {
      const attempt = connect();
      client = attempt;
      attempt.then(
        (again) => {
          for (const one of subscriptions) one.onReconnect();
          live = again;
        },
        () => {
          if (client === attempt) client = undefined;
          reconnect(Math.min(afterMs * 2, LONGEST_PAUSE_MS));
        },
      );
    }, afterMs);
    pause.unref();
  }

  /**
   * A backend that runs a query has sent its pending notifications before the query's answer ends. Its number shows
   * that it is our own backend and not one lent by a pooler that may have dropped messages.
   */
  async function ask(): Promise<boolean> {
    const asked = live;
    if (asked === undefined) return false;
    const late = Promise.withResolvers<false>();
    const timer = setTimeout(() => {
      late.resolve(false);
      // With a query under way this cuts the connection, which is then reopened.
      asked.end().catch(() => {});
    }, ANSWER_WITHIN_MS);
    const answer = asked.query<{ pid: number }>('select pg_backend_pid() as pid').then(
      ({ rows }) => live === asked && rows[0]?.pid === processId(asked),
      () => false,
    );
    return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
  }
  const shareAsk = createSharedRounds(ask);

  return {
    heard: async () => live !== undefined && shareAsk(),
    async listen(channel, onMessage, onReconnect) {
      const subscription = { channel, onMessage, onReconnect };
      subscriptions.add(subscription);
      try {
        client ??= connect();
        const connected = await client;
        await connected.query(`listen ${quoted(channel)}`);
        live ??= connected;
      } catch (error) {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0) client = undefined;
        throw error;
      }
      return async () => {
        subscriptions.delete(subscription);
        if ([...subscriptions].some((one) => one.channel === channel)) return;
        await (await client)?.query(`unlisten ${quoted(channel)}`);
      };
    },
    async close() {
      closed = true;
      clearTimeout(pause);
      await client?.then(
        (one) => one.end(),
        () => {},
      );
    },
  };
}

/** The backend's number, as the server sent it when we connected. */
function processId(client: pg.Client): number | null {
  // NOTE: the published types leave it out.
  return (client as unknown as { processID: number | null }).processID;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
