import { expect, test } from 'vitest';
import type { AppleFailure } from '../src/domain/apple-failure.ts';
import { scanFailureWords } from '../src/domain/scans/scan-failure-words.ts';

const doing = 'retrieving token assets';
const refused = (httpStatus: number, errorNumber: number | null): AppleFailure => ({
  kind: 'refused',
  httpStatus,
  errorNumber,
  errorMessage: null,
  doing,
  retryAfterMs: null,
});
const silent = (reason: 'network' | 'moved'): AppleFailure => ({
  kind: 'no-answer',
  reason,
  doing,
  mayHaveArrived: false,
});

test.each<[string, AppleFailure | null, string]>([
  ['scan.refused', refused(401, 9625), 'Apple refused (9625).'],
  ['scan.refused', refused(429, 9646), 'slow down'],
  ['scan.refused', refused(503, null), 'was away'],
  ['scan.refused', silent('network'), 'could not be reached'],
  ['scan.refused', silent('moved'), 'kept changing hands'],
  ['scan.refused', { kind: 'unreadable', httpStatus: 200, doing }, 'cannot be read'],
  ['scan.broken', null, 'broke inside Winesap'],
])('%s after %o says the cause, and that nothing is lost', (code, failure, words) => {
  const text = scanFailureWords(code, failure);

  expect(text).toContain(words);
  expect(text).toContain('the last good reading is kept');
});
