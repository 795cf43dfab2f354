import { type Event, routes, StreamMessage } from '@winesap/api';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { pauseFor } from '../pause.ts';
import { patiently } from '../session/connection.ts';
import type { Session } from '../session/session.ts';
import { printableDeep } from '../terminal/printable.ts';
import { type EventFilter, readNewestEvents } from './read-events.ts';

const RECONNECT_AFTER_MS = 1_000;
/** An event can become visible slightly after a later one, so reading resumes slightly before the last one. */
const OVERLAP_MS = 10_000;
/** How long a server may be unreachable before following fails. */
const AWAY_AT_MOST_MS = 10 * 60_000;

/**
 * Prints every new matching event in order until interrupted. The stream only signals that there is something: after
 * each message and each lost connection, the log itself is read from the last printed event, so that no event is missed
 * or repeated.
 */
export async function followEvents(
  session: Session,
  filter: EventFilter,
  told: readonly Event[],
  tell: (event: Event) => void,
): Promise<never> {
  const seen = new Map(told.map(({ id, at }) => [id, Date.parse(at)]));
  // Nothing older than the first printed event is new. If nothing was printed, there is nothing older.
  const begin = told[0] === undefined ? Number.NEGATIVE_INFINITY : Date.parse(told[0].at);
  let last = begin;

  const catchUp = async () => {
    const from = Math.max(last - OVERLAP_MS, begin);
    const since = Number.isFinite(from) ? { from: new Date(from).toISOString() } : {};
    const { events } = await readNewestEvents(session, { ...filter, ...since }, Infinity);
    for (const event of events.toReversed()) {
      if (seen.has(event.id)) continue;
      tell(session.options.json ? event : printableDeep(event));
      const at = Date.parse(event.at);
      seen.set(event.id, at);
      last = Math.max(last, at);
    }
    for (const [id, at] of seen) if (at < from) seen.delete(id);
  };

  for (;;) {
    await patiently(session.context, AWAY_AT_MOST_MS, async () => {
      const response = await session.open(routes.stream, {});
      for await (const data of eventData(response)) {
        const message = StreamMessage.safeParse(parsed(data));
        // Other messages from a newer server are ignored.
        if (message.success && (message.data.topic === 'hello' || message.data.topic === 'event')) await catchUp();
      }
    });
    await pauseFor(RECONNECT_AFTER_MS, session.context.signal);
  }
}

/** Yields the data of each server-sent event. Ends quietly if the connection is lost: the caller reconnects. */
async function* eventData(response: Response): AsyncGenerator<string> {
  if (response.body === null) return;
  try {
    for await (const { data } of response.body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream()))
      yield data;
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
