import { describe, expect, test } from 'vitest';
import { type AppleClient, AppleError } from '../src/index.ts';
import { failure, quickClient } from './builders.ts';
import { answerJson, CLAIM, CONFIG, OK, refuse, scriptedServer } from './scripted-server.ts';

const OURS = CONFIG.uId;
const THEIRS = '2049025000999999';
const PAGE = { currentPageIndex: 0, totalPages: 1, versionId: 'v1', size: 0, uId: THEIRS };

async function drain(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _page of pages);
}

describe('a client that knows its location', () => {
  const CALLS: [string, unknown, (client: AppleClient) => Promise<unknown>, boolean][] = [
    ['client config', { ...CONFIG, uId: THEIRS }, (client) => client.clientConfig(), false],
    ['the answer to a claim', { ...CONFIG, uId: THEIRS }, (client) => client.setClientConfig(CLAIM), true],
    ['assets', { ...PAGE, assets: [] }, (client) => client.assets(), false],
    ['assets page by page', { ...PAGE, assets: [] }, (client) => drain(client.assetPages()), false],
    ['assignments', { ...PAGE, assignments: [] }, (client) => drain(client.assignmentPages()), false],
    ['users', { ...PAGE, users: [] }, (client) => drain(client.userPages()), false],
    ['an event', { eventStatus: 'COMPLETE', uId: THEIRS }, (client) => client.eventStatus('e1'), false],
    [
      'an accepted change',
      { eventId: 'e1', uId: THEIRS },
      (client) => client.disassociateAssets({ assets: [{ adamId: '1' }], serialNumbers: ['S'] }),
      true,
    ],
    ['a number instead of a text', { ...CONFIG, uId: Number(THEIRS) }, (client) => client.clientConfig(), false],
  ];

  test.each(CALLS)('rejects %s about another location', async (_what, body, call, mayHaveArrived) => {
    const server = await scriptedServer(answerJson(200, body));
    const { client } = quickClient(server.url, { uId: OURS });

    const error = await failure(call(client));

    expect(error).toBeInstanceOf(AppleError);
    expect(error).toMatchObject({ kind: 'other-location', expectedUId: OURS, foundUId: THEIRS, mayHaveArrived });
    expect(error).toHaveProperty('message', expect.stringContaining(`about location ${THEIRS}, not ${OURS}`));
    expect(server.heard).toHaveLength(1);
  });

  test.each([
    ['its own location', OK],
    ['no location', answerJson(200, { locationName: 'PS01' })],
    ['its own location among control characters', answerJson(200, { ...CONFIG, uId: `\u0000${OURS}\n` })],
  ])('takes an answer that names %s', async (_what, act) => {
    const server = await scriptedServer(act);
    const { client } = quickClient(server.url, { uId: OURS });

    expect((await client.clientConfig()).locationName).toBe('PS01');
  });

  test('reports a refusal as a refusal, whatever location it names', async () => {
    const server = await scriptedServer(answerJson(401, { errorNumber: 9625, errorMessage: 'revoked', uId: THEIRS }));
    const { client } = quickClient(server.url, { uId: OURS });

    expect(await failure(client.clientConfig())).toMatchObject({ kind: 'refused', errorNumber: 9625 });
  });

  test('does not compare with the first generation, which may count locations differently', async () => {
    const server = await scriptedServer(answerJson(200, { status: 0, uId: '103614', appleId: 'a@example.com' }));
    const { client } = quickClient(server.url, { uId: OURS });

    expect((await client.legacyClientConfig()).uId).toBe('103614');
  });
});

test('a client that does not know its location accepts the one that the token opens', async () => {
  const server = await scriptedServer(answerJson(200, { ...CONFIG, uId: THEIRS }), refuse(401, 9625, 'revoked'));
  const { client } = quickClient(server.url);

  expect((await client.clientConfig()).uId).toBe(THEIRS);
});
