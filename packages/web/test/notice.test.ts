import type { ContentToken, Health, HealthFact, Scan, UploadWaiting } from '@winesap/api';
import { expect, test } from 'vitest';
import { noticeOf } from '../src/tokens/notice/notice.ts';

const words = { brief: '', cause: '', consequence: '', nextStep: { kind: 'none', text: '' } } as const;
const fact = (state: HealthFact['state'], severity: HealthFact['severity']): HealthFact => ({
  ...words,
  state,
  severity,
  label: state,
  title: state,
});
const healthy = fact('healthy', 'ok');
const expiring = fact('expiring', 'soon');

function token(health: HealthFact, also: HealthFact | null, scan: Partial<Scan> | null = null): ContentToken {
  return { health: { ...health, also } as Health, scan } as ContentToken;
}

const waiting = [{ id: 'file' } as UploadWaiting];

test.each([
  ['a healthy token', token(healthy, null), [], 'ok', ['synced']],
  ['a healthy token that is scanned', token(healthy, null, { state: 'running' }), [], 'ok', []],
  ['a file that waits', token(healthy, null), waiting, 'soon', ['file-waits']],
  [
    'a dead token with a file that waits',
    token(fact('revoked', 'broken'), null),
    waiting,
    'broken',
    ['file-waits', 'revoked'],
  ],
  [
    'expiry beside what passes by itself',
    token(fact('unreachable', 'soon'), expiring),
    [],
    'soon',
    ['expiring', 'unreachable'],
  ],
  ['expiry beside what is worse', token(fact('terms', 'broken'), expiring), [], 'broken', ['terms', 'expiring']],
  ['a scan that stopped', token(healthy, null, { state: 'failed' }), [], 'soon', ['scan-failed']],
  [
    'a scan that stopped for the reason that is shown',
    token(fact('unreachable', 'soon'), null, { state: 'failed' }),
    [],
    'soon',
    ['unreachable'],
  ],
  ['a doubtful scan', token(healthy, null, { state: 'doubtful' }), [], 'unknown', ['scan-doubtful']],
] as const)('%s is one box', (_what, given, files, severity, parts) => {
  const notice = noticeOf(given, files);

  expect(notice.severity).toBe(severity);
  expect(notice.parts.map((part) => (part.kind === 'health' ? part.fact.state : part.kind))).toEqual(parts);
});

test('while a token is scanned nothing is said of the scan before', () => {
  const notice = noticeOf(token(healthy, null, { state: 'queued' }), []);

  expect(notice).toMatchObject({ parts: [], scan: { state: 'queued' } });
});
