import { expect, test } from 'vitest';
import type { User } from '../src/domain/user.ts';
import { UserLedger } from '../src/domain/user-ledger.ts';

const user = (clientUserId: string, status = 'Registered'): User => ({
  clientUserId,
  status,
  email: null,
  idHash: null,
});
const retired = (clientUserId: string) => user(clientUserId, 'Retired');

/** A list of pages that fit in every number Apple sends with them. */
function judged(...pages: User[][]) {
  const ledger = new UserLedger('seed');
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

test('a list that begins again is judged from there on', () => {
  const ledger = new UserLedger('seed');
  see(ledger, [[user('a'), user('b')], [user('b')]]);

  see(ledger, [[user('a'), user('b')], [user('c')]]);

  expect(ledger.judge()).toEqual({ kind: 'agrees' });
});
