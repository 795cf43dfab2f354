import { describe, expect, test } from 'vitest';
import { refusalsWorded, statusesSet } from './http-words.ts';
import { sourceFiles } from './source.ts';

/** `errors.ts`, and the families of words it gathers because one file would be too long. */
const THE_PLACE = [
  'packages/server/src/http/licenses/license-words.ts',
  'packages/server/src/http/refusals/edge-words.ts',
  'packages/server/src/http/refusals/errors.ts',
  'packages/server/src/http/refusals/file-words.ts',
];

/** Files beside the one place that say a status, and why. */
const STATUS_ELSEWHERE: Readonly<Record<string, string>> = {
  'packages/server/src/auth/create-auth.ts':
    'the sign-in library’s other pages do not exist; it speaks Response itself',
};

const server = sourceFiles('packages/server/src', /\.ts$/);

describe('statuses and texts of refusals stand in http/errors.ts', () => {
  test('statuses', () => {
    const files = server.filter((file) => statusesSet(file).length > 0).map(({ path }) => path);

    expect(files.sort()).toEqual([...THE_PLACE, ...Object.keys(STATUS_ELSEWHERE)].sort());
  });

  test('texts', () => {
    const files = server
      .filter(({ path }) => /\/(http|auth|jobs)\//.test(path))
      .filter((file) => refusalsWorded(file).length > 0)
      .map(({ path }) => path);

    expect(files).toEqual(THE_PLACE);
  });
});

describe('the check sees', () => {
  test.each([
    ['a status that is set', 'reply.status(409).send();'],
    ['a status by another name', 'reply.code(404);'],
    ['a status on the bare response', 'response.writeHead(503);'],
    ['a status in an object', 'throw new Response(null, { status: 418 });'],
  ])('%s', (_, text) => {
    expect(statusesSet({ path: 'a.ts', text })).toEqual(['a.ts:1']);
  });

  test.each([
    ['a title', `const a = { title: 'This is too much.' };`],
    ['a reason put together', `const a = { reason: \`Ask \${name} first.\` };`],
  ])('%s', (_, text) => {
    expect(refusalsWorded({ path: 'a.ts', text })).toEqual(['a.ts:1']);
  });

  test('no good answers, numbers of other things, and codes', () => {
    const text = `reply.status(204); wait(500); const a = { limit: 404, reason: 'other-file', title: text };`;

    expect([...statusesSet({ path: 'a.ts', text }), ...refusalsWorded({ path: 'a.ts', text })]).toEqual([]);
  });
});
