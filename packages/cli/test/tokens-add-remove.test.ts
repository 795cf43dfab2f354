import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foreign, identity, inspection, row, token, tokenList } from './support/documents.ts';
import { type Reply, scriptedServer } from './support/scripted-server.ts';
import { temporaryFolder, winesap } from './support/winesap.ts';

const held = row();
const organization = { id: randomUUID(), name: 'Northwind', policies: 2, tokens: 0, createdAt: '2026-11-22T12:00:00Z' };
const policy = { id: randomUUID(), organizationId: organization.id, parentId: null, name: 'Retail', token: null };

const script = (change: Record<string, Reply> = {}): Record<string, Reply> => ({
  'GET /api/organizations': { json: { organizations: [organization] } },
  [`GET /api/organizations/${organization.id}/policies`]: { json: { policies: [policy] } },
  'POST /api/token-files/inspect': { json: inspection() },
  [`POST /api/policies/${policy.id}/token`]: { status: 201, json: { token: token(held), text: 'Added Chicago HQ.' } },
  ...change,
});

function add(folder: string, ...options: string[]): string[] {
  const file = join(folder, 'fresh.vpptoken');
  writeFileSync(file, 'token file');
  return ['tokens', 'add', 'Northwind/Retail', file, ...options];
}

test("adding shows the token's owner, then adds exactly the file that was shown", async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code, out } = await winesap(server.url, add(folder.path, '--mode', 'manage', '--yes'));

  expect(code).toBe(0);
  expect(out).toContain('This file opens, for Northwind/Retail:');
  expect(out).toMatch(/Identification number +2049025000431439/);
  expect(out).toMatch(/Apple ID +content@northwind.example/);
  expect(out).toContain('Added Chicago HQ.');
  const sent = server.received.at(-1);
  expect(sent?.body.toString()).toBe('token file');
  expect(Object.fromEntries(sent?.query ?? [])).toEqual({
    fileName: 'fresh.vpptoken',
    fingerprint: 'f1f1f1f1f1f1f1f1',
    mode: 'manage',
  });
});

const claimed = { 'POST /api/token-files/inspect': { json: inspection({ identity: identity({ claim: foreign }) }) } };

test('a location that another server manages is taken only if its claim is named', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script(claimed));

  const refused = await winesap(server.url, add(folder.path, '--mode', 'manage', '--yes'));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('“Other MDM” manages this location.');
  expect(refused.err).toContain('--take-over-from other-1');
  expect(server.received.at(-1)?.path).toBe('/api/token-files/inspect');

  const taken = await winesap(server.url, add(folder.path, '--mode', 'manage', '--take-over-from', 'other-1', '--yes'));
  expect(taken.code).toBe(0);
  expect(server.received.at(-1)?.query.get('takeOverFrom')).toBe('other-1');
});

test('a location that Winesap already holds is renewed instead of added', async () => {
  using folder = temporaryFolder();
  const { tokenId, organizationId, organizationName, policyId, policyName } = held;
  const heldBy = { tokenId, organizationId, organizationName, policyId, policyName };
  await using server = await scriptedServer(
    script({ 'POST /api/token-files/inspect': { json: inspection({ heldBy }) } }),
  );

  const { code, err } = await winesap(server.url, add(folder.path, '--mode', 'watch', '--yes'));

  expect(code).toBe(1);
  expect(err).toContain('Winesap already holds a token for Chicago HQ.');
  expect(err).toContain('winesap tokens renew FILE');
});

const path = `/api/tokens/${held.tokenId}/removal`;
const removal = (change: Record<string, Reply> = {}): Record<string, Reply> => ({
  'GET /api/tokens': tokenList([held]),
  [`GET ${path}`]: {
    json: {
      tokenId: held.tokenId,
      locationName: 'Chicago HQ',
      assets: 12,
      assignments: 4000,
      readAt: null,
      usedBy: [{ policyId: randomUUID(), policyName: 'Stores East' }],
      claim: foreign,
      canReleaseClaim: true,
      willNot: ['No license is revoked.'],
      will: ['Winesap forgets the token.'],
    },
  },
  [`POST ${path}`]: { json: { tokenId: held.tokenId, claim: 'kept', text: 'Removed the token of Chicago HQ.' } },
  ...change,
});

test('removing shows first what will not happen, then what will, and requires the location’s name', async () => {
  await using server = await scriptedServer(removal());

  const { code, out, err } = await winesap(server.url, ['tokens', 'remove', 'Chicago HQ']);

  expect(code).toBe(2);
  expect(out.indexOf('No license is revoked.')).toBeGreaterThan(0);
  expect(out.indexOf('Winesap forgets the token.')).toBeGreaterThan(out.indexOf('No license is revoked.'));
  expect(out).toContain('Also used by: Stores East');
  expect(err).toContain('--confirm');
  expect(server.requests()).not.toContain(`POST ${path}`);
});

test('a wrong name removes nothing', async () => {
  await using server = await scriptedServer(removal());

  const { code, err } = await winesap(server.url, ['tokens', 'remove', 'Chicago HQ', '--confirm', 'Chicago']);

  expect(code).toBe(1);
  expect(err).toContain('The location is called “Chicago HQ”.');
  expect(server.requests()).not.toContain(`POST ${path}`);
});

test('the right name removes, and the claim is released only on request', async () => {
  await using server = await scriptedServer(removal());
  const remove = ['tokens', 'remove', 'Chicago HQ', '--confirm', 'chicago hq'];

  const kept = await winesap(server.url, remove);
  const released = await winesap(server.url, [...remove, '--release-claim']);

  expect([kept.code, released.code]).toEqual([0, 0]);
  const bodies = server.received
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => JSON.parse(body.toString()));
  expect(bodies).toEqual([
    { locationName: 'Chicago HQ', releaseClaim: false },
    { locationName: 'Chicago HQ', releaseClaim: true },
  ]);
});
