import { type Event, type QueryInputOf, type Routes, routes, StreamMessage } from '@winesap/api';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { patiently } from './connection.ts';
import { pauseFor } from './pause.ts';
import type { Session } from './session.ts';
import { printableDeep } from './terminal/printable.ts';

type Filter = QueryInputOf<Routes['exportEvents']>;

const RECONNECT_AFTER_MS = 1_000;
const CATCH_UP = 500;
/** How long a server may be away before following ends with a failure. */
const AWAY_AT_MOST_MS = 10 * 60_000;

/**
 * Tells every new event that matches, in the order it happened, until interrupted. The stream only says that there is
 * something: after each message and each lost connection the log itself is read on from the last event told, so that
 * none is missed and none told twice.
 */
export async function followEvents(
  session: Session,
  filter: Filter,
  told: readonly Event[],
  tell: (event: Event) => void,
): Promise<never> {
  const seen = new Set(told.map(({ id }) => id));
  let last = told[0]?.at ?? session.context.now().toISOString();

  const catchUp = async () => {
    const { events } = await session.call(routes.listEvents, {
      params: {},
      query: { ...filter, from: last, limit: CATCH_UP },
    });
    for (const event of events.toReversed()) {
      if (seen.has(event.id)) continue;
      seen.add(event.id);
      tell(session.options.json ? event : printableDeep(event));
      if (event.at > last) last = event.at;
    }
  };

  for (;;) {
    await patiently(session.context, AWAY_AT_MOST_MS, async () => {
      const response = await session.open(routes.stream, { params: {} });
      for await (const data of eventData(response)) {
        const message = StreamMessage.safeParse(parsed(data));
        // What a newer server says besides is not for us.
        if (message.success && (message.data.topic === 'hello' || message.data.topic === 'event')) await catchUp();
      }
    });
    await pauseFor(RECONNECT_AFTER_MS, session.context.signal);
  }
}

/** The data of each server-sent event. Ends quietly when the connection is lost: the caller connects anew. */
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
