import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Event, EventFilter, EventPage, EventQuery, EventSummary } from '../schemas/event.ts';
import { StreamMessage } from '../schemas/stream.ts';

const tag = 'Events';

export const log = {
  listEvents: defineRoute('GET', '/api/events', {
    access: 'viewer',
    tag,
    summary: 'The event log, newest first; `keptDays` says how long events are kept',
    query: EventQuery,
    response: EventPage,
    refusals: ['cursor.invalid'],
  }),
  getEvent: defineRoute('GET', '/api/events/{eventId}', {
    access: 'viewer',
    tag,
    summary: 'One event, wherever it stands in the log',
    params: z.strictObject({ eventId: z.string().regex(/^\d{1,15}$/) }),
    response: Event,
    refusals: ['event.not-found'],
  }),
  exportEvents: defineRoute('GET', '/api/events.csv', {
    access: 'viewer',
    tag,
    summary: 'The same filter as CSV, streamed',
    query: EventFilter,
    answers: 'csv',
  }),
  summarizeEvents: defineRoute('GET', '/api/events/summary', {
    access: 'viewer',
    tag,
    summary: 'Counts over time and per receiver for a filter',
    query: EventFilter,
    response: EventSummary,
  }),
  stream: defineRoute('GET', '/api/stream', {
    access: 'viewer',
    tag,
    summary: 'Server-sent events: new events, scan progress, changed tokens. Each `data` is a StreamMessage.',
    description: 'Ends with the session or key that opened it. One person can have 30 streams at a time.',
    answers: 'stream',
    response: StreamMessage,
    refusals: ['stream.too-many'],
  }),
  getStatus: defineRoute('GET', '/api/status', {
    access: 'public',
    tag: 'Service',
    summary: 'Whether this process serves and can write (for load balancers)',
    response: z.object({ status: z.literal('ok'), version: z.string() }),
    refusals: ['status.cannot-write'],
  }),
  getOpenApi: defineRoute('GET', '/api/openapi.json', {
    access: 'public',
    tag: 'Service',
    summary: 'This document',
    response: z.looseObject({ openapi: z.string() }),
  }),
};
