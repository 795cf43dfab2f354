import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch, BatchFile } from '@winesap/api';
import { expect, test } from 'vitest';
import { identity } from './support/documents.ts';
import { type Reply, scriptedServer } from './support/scripted-server.ts';
import { temporaryFolder, winesap } from './support/winesap.ts';

const BATCH_ID = randomUUID();
const at = (path: string) => `/api/batches/${BATCH_ID}${path}`;

function file(change: Partial<BatchFile>): BatchFile {
  return {
    id: randomUUID(),
    fileName: 'new.vpptoken',
    bytes: 500,
    verdict: 'ready',
    act: 'add',
    identity: identity(),
    token: null,
    expiredBefore: null,
    changes: [],
    licenses: null,
    needsConsent: false,
    acceptOlder: false,
    place: { organizationId: null, organizationName: 'Northwind', policyId: null, policyName: 'Chicago HQ' },
    mode: 'watch',
    takeOverFrom: null,
    problem: null,
    canLookAgain: false,
    ...change,
  };
}

const newcomer = file({});
const wrong = file({
  fileName: 'page.vpptoken',
  verdict: 'problem',
  act: null,
  identity: null,
  place: null,
  mode: null,
  problem: { code: 'token-file.html', title: 'This is a web page, not a content token.', detail: 'Download it again.' },
});

function batch(files: BatchFile[]): Batch {
  const number = (verdict: BatchFile['verdict']) => files.filter((one) => one.verdict === verdict).length;
  return {
    id: BATCH_ID,
    createdAt: '2026-12-01T12:00:00Z',
    createdBy: 'Olive Owner',
    state: 'ready',
    endedAt: null,
    forgetsAt: '2026-12-02T12:00:00Z',
    counts: {
      files: files.length,
      looking: 0,
      ready: number('ready'),
      problems: number('problem'),
      working: 0,
      done: number('done'),
      failed: 0,
      forgotten: 0,
    },
    files,
  };
}

/** A server whose batch is done as soon as it is confirmed. */
function script(): Record<string, Reply> {
  let current = batch([newcomer, wrong]);
  return {
    'POST /api/batches': () => ({ status: 201, json: current }),
    [`POST ${at('/files')}`]: { status: 201, json: { fileId: randomUUID() } },
    [`GET ${at('')}`]: () => ({ json: current }),
    [`POST ${at('/confirm')}`]: () => {
      current = batch([{ ...newcomer, verdict: 'done' }, wrong]);
      return { status: 202, json: current };
    },
    [`DELETE ${at('')}`]: { status: 204 },
  };
}

function twoFiles(folder: string): string[] {
  return ['new.vpptoken', 'page.vpptoken'].map((name) => {
    writeFileSync(join(folder, name), name);
    return join(folder, name);
  });
}

test('files go where they belong after one question, and a wrong one is named', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code, out, err } = await winesap(server.url, ['tokens', 'add', ...twoFiles(folder.path), '--yes']);

  expect(code).toBe(1);
  expect(out).toMatch(/new\.vpptoken +Chicago HQ +Northwind \/ Chicago HQ \(new organization\) .*✓ add and watch/);
  expect(out).toMatch(/page\.vpptoken .*✕ This is a web page, not a content token\./);
  expect(err).toContain('✓ Chicago HQ: added');
  expect(out).toContain('2 files: 1 done, 1 with a problem.');
  const confirmed = server.received.find(({ path }) => path === at('/confirm'));
  expect(JSON.parse(confirmed?.body.toString() ?? '')).toEqual({ fileIds: [newcomer.id] });
});

test('without a yes nothing is confirmed, and no file is left behind', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer(script());

  const { code } = await winesap(server.url, ['tokens', 'add', ...twoFiles(folder.path)]);

  expect(code).toBe(2);
  const acts = server.received.map(({ method, path }) => `${method} ${path}`);
  expect(acts).not.toContain(`POST ${at('/confirm')}`);
  expect(acts.at(-1)).toBe(`DELETE ${at('')}`);
});

test('one policy with a file needs a mode', async () => {
  using folder = temporaryFolder();
  await using server = await scriptedServer({});
  const [path = ''] = twoFiles(folder.path);

  const { code, err } = await winesap(server.url, ['tokens', 'add', 'Northwind/Retail', path]);

  expect(code).toBe(2);
  expect(err).toContain('Add --mode watch or --mode manage.');
});
