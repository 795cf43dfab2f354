import pg from 'pg';

interface Subscription {
  channel: string;
  onMessage(payload: string): void;
  onReconnect(): void;
}

export interface Listener {
  listen(channel: string, onMessage: (payload: string) => void, onReconnect: () => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/**
 * LISTEN on one connection of its own, made with the first subscription and made again whenever it is lost. After a
 * loss every subscriber is told by `onReconnect`: messages in between are gone, so it has to look for itself.
 */
export function openListener(settings: pg.ClientConfig): Listener {
  const subscriptions = new Set<Subscription>();
  let client: Promise<pg.Client> | undefined;
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
        () => {
          for (const one of subscriptions) one.onReconnect();
        },
        () => {
          if (client === attempt) client = undefined;
          reconnect(Math.min(afterMs * 2, LONGEST_PAUSE_MS));
        },
      );
    }, afterMs);
    pause.unref();
  }

  return {
    async listen(channel, onMessage, onReconnect) {
      const subscription = { channel, onMessage, onReconnect };
      subscriptions.add(subscription);
      try {
        client ??= connect();
        await (await client).query(`listen ${quoted(channel)}`);
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

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
