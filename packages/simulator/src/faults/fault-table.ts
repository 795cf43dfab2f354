import { type FaultKind, pageForm } from './fault-kind.ts';
import { lieTable } from './lie-table.ts';

export const faultTable = {
  busy: { means: 'throttled: 429 with 9646', stage: 'refusal', options: { retryAfterSeconds: 0 } },
  'server-error': { means: '500 with 9603', stage: 'refusal', options: {} },
  slow: { means: 'the answer comes late', stage: 'before', options: { delayMs: 3000 } },
  hang: { means: 'no answer ever; the connection stays open', stage: 'edge', options: {} },
  maintenance: {
    means: '503 with 9729 and Retry-After',
    stage: 'edge',
    options: { form: 'seconds', retryAfterSeconds: 120 },
    choices: { form: ['seconds', 'date', 'none'] },
  },
  'html-error': { means: 'an HTML page instead of JSON', stage: 'edge', options: { status: 502 } },
  'truncated-json': { means: 'the answer stops in the middle, its length fitting', stage: 'after', options: {} },
  'truncated-transfer': { means: 'the connection breaks in the middle of the answer', stage: 'after', options: {} },
  'empty-body': { means: 'no body', stage: 'after', options: { status: 200 } },
  'reset-before-accept': { means: 'the connection is reset, nothing was done', stage: 'edge', options: {} },
  'reset-after-accept': {
    means: 'the request is carried out, then the connection is reset',
    stage: 'after',
    options: {},
  },
  'torn-pages': {
    means: 'assignments change each time a page was read, so versions move and rows change pages',
    stage: 'after',
    options: { assign: 1, unassign: 1 },
  },
  'ignored-filters': {
    means: 'a listing ignores its filters, or one of them, and answers rows nobody asked for',
    stage: 'listing',
    options: { filter: null },
  },
  'shrinking-pages': {
    means: 'each page read takes one page of rows off the end of the listing',
    stage: 'listing',
    options: {},
  },
  'stale-version': { means: 'sinceVersionId is not known any more: 9721', stage: 'refusal', options: {} },
  'claim-stolen': {
    means: 'another server takes the location at the next request',
    stage: 'edge',
    options: { mdmId: 'another-server', mdmName: 'Another MDM', mdmMetadata: 'claimed from elsewhere' },
  },
  terms: {
    means: 'terms are not accepted; how Apple shows it is not known, so number, status and scope can be chosen',
    stage: 'refusal',
    options: { errorNumber: 9642, status: 403, scope: 'all' },
    choices: { scope: ['all', 'writes'] },
  },
  'account-disabled': {
    means: 'the account behind the token is disabled; how Apple shows it is not known',
    stage: 'refusal',
    options: { errorNumber: 9625, status: 401, appleId: null },
  },
  'wrong-status-9622': {
    means: 'the answer to an invalid token has another status',
    stage: 'refusal',
    options: { status: 401 },
  },
  'unknown-error-number': {
    means: 'an error number nobody knows',
    stage: 'refusal',
    options: { errorNumber: 9999, status: 400 },
  },
  'stray-refusal': {
    means: 'a token that lives is refused as if it did not; 9621, 9622, 9625 and 9722 mean that',
    stage: 'refusal',
    options: { errorNumber: 9622, status: 200, page: null },
    forms: { page: pageForm },
  },
  'edge-after-accept': {
    means: 'the request is carried out, then something before Apple answers in its place',
    stage: 'after',
    options: { status: 503, form: 'html' },
    choices: { form: ['html', 'json', 'text', 'empty'] },
  },
  'empty-assignments': { means: 'GET /assignments answers an empty list', stage: 'listing', options: {} },
  'empty-assets': { means: 'GET /assets answers an empty list', stage: 'listing', options: {} },
  'empty-users': { means: 'GET /users answers an empty list', stage: 'listing', options: {} },
  'dropped-notification': { means: 'a notification is never sent', stage: 'notification', options: {} },
  'doubled-notification': { means: 'a notification is sent twice with one id', stage: 'notification', options: {} },
  'late-notification': { means: 'a notification is sent later', stage: 'notification', options: { delayMs: 600_000 } },
  'reordered-notifications': { means: 'two notifications change places', stage: 'notification', options: {} },
  'event-stuck': { means: 'an event stays PENDING', stage: 'event', options: {} },
  'event-fails': {
    means: 'a share of the tasks of an event fails',
    stage: 'event',
    options: { errorNumber: 9603, share: 1 },
  },
  'complete-with-failures': {
    means: 'an event is COMPLETE and lists failures, of tasks that failed or, with `done`, of tasks that did not',
    stage: 'event',
    options: { errorNumber: 9603, share: 1, done: false },
  },
  ...lieTable,
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultTable;

export function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(faultTable, name);
}
