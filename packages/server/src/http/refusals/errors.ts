import type { Problem } from '@winesap/api';
import { type AppleFailure, appleLine, type ErrorCode } from '@winesap/core';
import { ALERT_REFUSALS } from '../alerts/refusals.ts';
import { INSTALLATION_REFUSALS } from '../installation/refusals.ts';
import { LICENSE_REFUSALS } from '../licenses/refusals.ts';
import { LOCATION_REFUSALS } from '../locations/refusals.ts';
import { NOTIFICATION_REFUSALS } from '../notifications/refusals.ts';
import { OPERATION_REFUSALS } from '../operations/refusals.ts';
import { ORGANIZATION_REFUSALS } from '../organizations/refusals.ts';
import { SCAN_REFUSALS } from '../scans/refusals.ts';
import { FILE_REFUSALS } from '../tokens/file-refusals.ts';
import { TOKEN_REFUSALS } from '../tokens/refusals.ts';
import { EDGE_WORDS, type EdgeCode } from './edge-words.ts';
import type { Data, Words } from './error-facts.ts';
import { EVERYWHERE_REFUSALS } from './everywhere.ts';

/** Status and text of a refusal. */
export function problemOf(code: ErrorCode | EdgeCode, data: Data, requestId: string): Problem {
  const words = WORDS[code];
  const { failure, ...facts } = data;
  return {
    type: `urn:winesap:problem:${code}`,
    title: said(words.title, data),
    status: words.status,
    detail: said(words.detail, data),
    code,
    instance: requestId,
    data: failure === undefined ? facts : { ...facts, apple: appleLine(failure as AppleFailure) },
  };
}

/** Returns only the text, for places that explain why a button is disabled. */
export function wordsOf(code: ErrorCode | EdgeCode, data: Data = {}): { title: string; detail: string } {
  return { title: said(WORDS[code].title, data), detail: said(WORDS[code].detail, data) };
}

function said(words: string | ((data: Data) => string), data: Data): string {
  return typeof words === 'string' ? words : words(data);
}

/** From every subject: a code without a text does not compile. */
const WORDS: Record<ErrorCode | EdgeCode, Words> = {
  ...EDGE_WORDS,
  ...EVERYWHERE_REFUSALS,
  ...ORGANIZATION_REFUSALS,
  ...LOCATION_REFUSALS,
  ...LICENSE_REFUSALS,
  ...FILE_REFUSALS,
  ...TOKEN_REFUSALS,
  ...SCAN_REFUSALS,
  ...OPERATION_REFUSALS,
  ...NOTIFICATION_REFUSALS,
  ...ALERT_REFUSALS,
  ...INSTALLATION_REFUSALS,
};
