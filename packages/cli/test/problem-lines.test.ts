import { expect, test } from 'vitest';
import { toProblem } from '../src/output/problem-lines.ts';

test.each([
  ['its own message', new Error('the disk is full'), 'winesap failed: the disk is full'],
  [
    'the first of several attempts',
    new AggregateError([new Error('connect ECONNREFUSED ::1:8443')], ''),
    'winesap failed: connect ECONNREFUSED ::1:8443',
  ],
  ['its code', Object.assign(new Error(''), { code: 'ECONNRESET' }), 'winesap failed: Error ECONNRESET'],
  ['its name', new TypeError(''), 'winesap failed: TypeError'],
])('a defect of a command is named by %s', (_by, error, title) => {
  expect(toProblem(error)).toMatchObject({ code: 'cli.defect', title });
});
