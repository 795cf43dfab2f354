import { expect, test } from 'vitest';
import { type AppleFailure, appleSaid } from '../src/domain/apple-failure.ts';

const doing = 'retrieving client config';

test.each<[AppleFailure, string]>([
  [
    { kind: 'refused', httpStatus: 401, errorNumber: 9625, errorMessage: 'It is revoked.', doing, retryAfterMs: null },
    'Apple said: 401 - error while retrieving client config || 9625 - It is revoked.',
  ],
  [
    { kind: 'other-location', httpStatus: 200, doing, expected: '1', found: '2', mayHaveArrived: false },
    'Apple said: 200 - error while retrieving client config || the answer is about location 2, not 1.',
  ],
])('what Apple said ends with one period', (failure, sentence) => {
  expect(appleSaid(failure)).toBe(sentence);
});
