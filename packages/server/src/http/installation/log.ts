import { type Event, openApiDocument } from '@winesap/api';
import { AppError } from '@winesap/core';
import {
  type EventFilter,
  readAllEvents,
  readEvent,
  readEventPage,
  readEventSummary,
} from '../../store/alerts/reads/events.ts';
import { cells } from '../edge/cells.ts';
import type { Context } from '../edge/context.ts';
import { sendCsv } from '../edge/csv.ts';
import { type Handlers, SENT } from '../edge/handler.ts';
import { makeAnswer, sendMade } from '../kept/made-answer.ts';
import { Refusal } from '../refusals/refusal.ts';

type Ids = 'listEvents' | 'getEvent' | 'exportEvents' | 'summarizeEvents' | 'stream' | 'getStatus' | 'getOpenApi';

export function logHandlers({ db, auth, hub, version, keptDays, writeTrouble, now }: Context): Pick<Handlers, Ids> {
  const document = makeAnswer(openApiDocument(version, auth.sessionCookie));
  return {
    listEvents: ({ query }) => readEventPage(db, query, query, keptDays),
    getEvent: async ({ params }) => {
      const event = await readEvent(db, Number(params.eventId));
      if (event === null) throw new AppError('event.not-found', { eventId: params.eventId });
      return event;
    },
    exportEvents: ({ query, reply }) =>
      sendCsv(reply, 'events', COLUMNS, cells(readAllEvents(db, query, keptDays), eventCells)),
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

const COLUMNS = [
  'at',
  'level',
  'receiverType',
  'receiver',
  'organization',
  'policy',
  'code',
  'text',
  'appleNumber',
  'appleSaid',
  'actor',
  'requestId',
];

function eventCells(event: Event): unknown[] {
  return [
    event.at,
    event.level,
    event.receiverType,
    event.receiverName,
    event.organizationName,
    event.policyName,
    event.code,
    event.text,
    event.apple?.errorNumber,
    event.apple?.line,
    event.actor,
    event.requestId,
  ];
}
