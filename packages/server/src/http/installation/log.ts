import { openApiDocument } from '@winesap/api';
import { AppError } from '@winesap/core';
import {
  type EventFilter,
  readAllEvents,
  readEvent,
  readEventPage,
  readEventSummary,
} from '../../store/alerts/reads/events.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import { type HandlersOf, SENT } from '../edge/handler.ts';
import { makeAnswer, sendMade } from '../kept/made-answer.ts';
import { Refusal } from '../refusals/refusal.ts';
import { EVENT_COLUMNS } from './columns.ts';

export function logHandlers({ db, auth, hub, version, keptDays, writeTrouble, now }: Context): HandlersOf<'log'> {
  const document = makeAnswer(openApiDocument(version, auth.sessionCookie));
  return {
    listEvents: ({ query }) => readEventPage(db, query, query, keptDays),
    getEvent: async ({ params }) => {
      const event = await readEvent(db, Number(params.eventId));
      if (event === null) throw new AppError('event.not-found', { eventId: params.eventId });
      return event;
    },
    exportEvents: ({ query, reply }) => sendCsv(reply, 'events', EVENT_COLUMNS, readAllEvents(db, query, keptDays)),
    summarizeEvents: ({ query }) => readEventSummary(db, query satisfies EventFilter, now(), keptDays),
    stream: async ({ request, reply, who, credential }) => {
      if (credential === null) throw new Refusal('request.not-signed-in');
      hub.admit(request, reply, who.id, credential);
      return SENT;
    },
    getStatus: async () => {
      const reason = await writeTrouble();
      if (reason !== null) throw new Refusal('status.cannot-write', { reason });
      return { status: 'ok', version };
    },
    getOpenApi: async ({ request, reply }) => {
      sendMade(request, reply, document);
      return SENT;
    },
  };
}
