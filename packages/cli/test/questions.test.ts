import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../src/run.ts';
import { createTerminal } from '../src/terminal/terminal.ts';
import { row, tokenList } from './support/documents.ts';
import { scriptedServer } from './support/scripted-server.ts';

/** A person at a terminal who answers every question in the same way. */
function person(answer: string) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const shown = { out: '', err: '' };
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
  stdout.on('data', (chunk) => {
    shown.out += chunk;
  });
  stderr.on('data', (chunk) => {
    shown.err += chunk;
    if (/(\[y\/N\]|token:) $/.test(shown.err)) stdin.write(`${answer}\n`);
  });
  return { shown, stdin, terminal: createTerminal({ stdin, stdout, stderr }, { NO_COLOR: '1' }) };
}

const held = row();
const path = `/api/tokens/${held.tokenId}/removal`;
const script = {
  'GET /api/tokens': tokenList([held]),
  [`GET ${path}`]: {
    json: {
      tokenId: held.tokenId,
      locationName: 'Chicago HQ',
      assets: 1,
      assignments: 1,
      readAt: null,
      usedBy: [],
      claim: { state: 'free', id: null, name: null, metadata: null, seenAt: null, words: 'nobody' },
      canReleaseClaim: false,
      willNot: [],
      will: [],
    },
  },
  [`POST ${path}`]: { json: { tokenId: held.tokenId, claim: 'kept', text: 'Removed.' } },
};

async function remove(answer: string) {
  await using server = await scriptedServer(script);
  const { shown, stdin, terminal } = person(answer);
  const code = await run(['tokens', 'remove', 'Chicago HQ', '--url', server.url], {
    env: { HOME: '/nonexistent' },
    stdin,
    terminal,
    signal: new AbortController().signal,
    now: () => new Date(),
  });
  return { code, shown, removed: server.requests().includes(`POST ${path}`) };
}

test('a person types the location’s name, and the token is removed', async () => {
  const { code, shown, removed } = await remove('Chicago HQ');

  expect({ code, removed }).toEqual({ code: 0, removed: true });
  expect(shown.err).toContain('Type the location’s name to remove its token: ');
  expect(shown.out).toContain('Removed.');
});

test('a person who types nothing or another name changes nothing', async () => {
  expect(await remove('')).toMatchObject({ code: 1, removed: false });
  expect(await remove('yes')).toMatchObject({ code: 1, removed: false });
});
