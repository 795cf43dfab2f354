import { describe, expect, test } from 'vitest';
import { refusalsWorded, statusesSet } from './http-words.ts';
import { sourceFiles } from './source.ts';

/** Texts are beside their subject; those shared by all subjects and the edge are in `refusals`. */
const THE_PLACE = /\/http\/(\w+\/([\w-]+-)?refusals|refusals\/(edge-words|everywhere|no-such))\.ts$/;

/** Other files that set a status, and why. */
const STATUS_ELSEWHERE: Readonly<Record<string, string>> = {
  'packages/server/src/auth/create-auth.ts':
    'the sign-in library’s other pages do not exist; it speaks Response itself',
};

const server = sourceFiles('packages/server/src', /\.ts$/);

describe('statuses and texts of refusals are in the refusals of a subject', () => {
  test('statuses', () => {
    const files = server.filter((file) => statusesSet(file).length > 0).map(({ path }) => path);

    expect(files.filter((path) => !THE_PLACE.test(path))).toEqual(Object.keys(STATUS_ELSEWHERE));
  });

  test('texts', () => {
    const files = server
      .filter(({ path }) => /\/(http|auth|jobs)\//.test(path))
      .filter((file) => refusalsWorded(file).length > 0)
      .map(({ path }) => path);

    expect(files.filter((path) => !THE_PLACE.test(path))).toEqual([]);
    expect(files.filter((path) => THE_PLACE.test(path))).not.toEqual([]);
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

  test('nothing in valid answers, other numbers, and codes', () => {
    const text = `reply.status(204); wait(500); const a = { limit: 404, reason: 'other-file', title: text };`;

    expect([...statusesSet({ path: 'a.ts', text }), ...refusalsWorded({ path: 'a.ts', text })]).toEqual([]);
  });
});
