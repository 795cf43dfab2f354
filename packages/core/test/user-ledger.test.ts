import { describe, expect, test } from 'vitest';
import type { Evidence } from '../src/domain/list-evidence.ts';
import { UserLedger } from '../src/domain/scans/user-ledger.ts';
import { UserNames } from '../src/domain/scans/user-names.ts';
import { weighFirstUsers } from '../src/domain/scans/users-to-read.ts';
import type { User } from '../src/domain/users/user.ts';
import type { MissingUsers } from '../src/domain/users/user-reading.ts';

const user = (clientUserId: string, status = 'Registered'): User => ({
  clientUserId,
  status,
  email: null,
  idHash: null,
});
const retired = (clientUserId: string) => user(clientUserId, 'Retired');

/** A list of pages, consistent in every number that Apple sends with them. */
function judged(...pages: User[][]) {
  const ledger = new UserLedger('seed', null);
  see(ledger, pages);
  return ledger.judge();
}

function see(ledger: UserLedger, pages: User[][]) {
  for (const [pageIndex, rows] of pages.entries()) {
    const nextPageIndex = pageIndex + 1 < pages.length ? pageIndex + 1 : null;
    const said = { currentPageIndex: pageIndex, nextPageIndex, totalPages: pages.length, size: rows.length };
    ledger.see({ list: { pageIndex, listed: rows.length, said }, rows });
  }
}

test.each([
  ['different users', [[user('a'), user('b')], [user('c')]]],
  ['nobody', [[]]],
  ['a retired user who is registered again', [[retired('a'), user('b')], [user('a')]]],
  [
    'retired registrations of one user that look alike',
    [
      [retired('a'), retired('b')],
      [retired('a'), user('c')],
    ],
  ],
])('a list agrees with itself that names %s', (_, pages) => {
  expect(judged(...pages)).toEqual({ kind: 'agrees' });
});

test.each([
  ['an active user twice on a page', [[user('a'), user('a')]]],
  ['an active user on two pages', [[user('a'), user('b')], [user('b')]]],
  [
    'a page twice, in another order',
    [
      [retired('a'), retired('b')],
      [retired('b'), retired('a')],
    ],
  ],
])('a list contradicts itself that names %s', (_, pages) => {
  expect(judged(...pages)).toMatchObject({ kind: 'contradicts', about: 'rows', said: pages.flat().length });
});

test('a list that restarts is judged from there on', () => {
  const ledger = new UserLedger('seed', null);
  see(ledger, [[user('a'), user('b')], [user('b')]]);

  see(ledger, [[user('a'), user('b')], [user('c')]]);

  expect(ledger.judge()).toEqual({ kind: 'agrees' });
});

test('holders of licenses who are on no page are strangers, however often the others repeat', () => {
  const holders = new UserNames('seed');
  for (const name of ['a', 'b', 'c']) holders.add(name);
  const ledger = new UserLedger('seed', holders);

  see(ledger, [
    [user('a'), user('x')],
    [retired('b'), retired('b')],
  ]);

  expect(ledger.strangers).toBe(1);
});

describe('a first list of users', () => {
  const NOW = new Date('2026-11-28T12:00:00Z');
  const agrees: Evidence = { kind: 'agrees' };
  const torn: Evidence = { kind: 'contradicts', about: 'pages', said: 3, seen: 2 };
  const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
  const weigh = (evidence: Evidence, strangers: number, known: MissingUsers | null) =>
    weighFirstUsers({ known, users: 5, strangers, evidence }, NOW, 120_000);

  test.each<[string, boolean, Evidence, number, MissingUsers | null]>([
    ['whole', true, agrees, 0, null],
    ['without some who hold licenses', false, agrees, 2, null],
    ['that lacked as many two minutes ago', true, agrees, 2, { mark: 'first-5-2', since: ago(2) }],
    ['that lacked others two minutes ago', false, agrees, 2, { mark: 'first-5-3', since: ago(2) }],
    ['that contradicts itself as two minutes ago', false, torn, 0, { mark: 'first-5-0', since: ago(2) }],
    ['that contradicts itself as a day ago', true, torn, 0, { mark: 'first-5-0', since: ago(24 * 60) }],
  ])('%s is proven: %s', (_, isProven, evidence, strangers, known) => {
    expect(weigh(evidence, strangers, known).isProven).toBe(isProven);
  });
});
