import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effect, totalOf } from '../src/domain/notifications/notice-effect.ts';
import { noticeWords } from '../src/domain/notifications/notice-words.ts';
import { usersToRead } from '../src/domain/scans/users-to-read.ts';
import { noticedUser } from '../src/domain/users/noticed-user.ts';
import { changedUser, type KnownUser, pickUser, type User, userChange } from '../src/domain/users/user.ts';
import { userWords } from '../src/domain/users/user-words.ts';

const user = (status: string, idHash: string | null = null, email: string | null = 'a@orchard.example'): User => ({
  clientUserId: 'anna',
  status,
  email,
  idHash,
});
const known = (one: User, several = false): KnownUser => ({ ...one, several });
const NOW = new Date('2026-11-28T12:00:00Z');

describe('several registrations of one person', () => {
  test.each([
    ['the active one counts', [user('Retired', 'X'), user('Registered'), user('Deleted', 'Y')], user('Registered')],
    ['a word nobody knows counts as active', [user('Retired', 'X'), user('Paused')], user('Paused')],
    ['retired tells more than deleted', [user('Deleted', 'X'), user('Retired')], user('Retired')],
    ['one with an Apple Account may still hold books', [user('Retired'), user('Retired', 'X')], user('Retired', 'X')],
  ])('%s', (_why, rows, wanted) => {
    expect(pickUser(rows)).toEqual(known(wanted, true));
  });

  test('have the same visible one, in any order and with repeats', () => {
    const row = fc
      .record({
        status: fc.constantFrom('Registered', 'Retired', 'Deleted'),
        idHash: fc.constantFrom(null, 'X', 'Y'),
        email: fc.constantFrom(null, 'a', 'b'),
      })
      .map(({ status, idHash, email }) => user(status, idHash, email));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.func(fc.integer()), (rows, by) => {
        const shuffled = [...rows, ...rows].sort((a, b) => by(a) - by(b));

        expect(pickUser(shuffled)).toEqual(pickUser(rows));
      }),
    );
  });
});

describe('a difference', () => {
  test.each([
    ['somebody new', null, [user('Registered')], known(user('Registered'))],
    [
      'the only registration retired',
      known(user('Associated', 'X')),
      [user('Retired', 'X')],
      known(user('Retired', 'X')),
    ],
    [
      'it was associated and retired in between',
      known(user('Registered')),
      [user('Retired', 'X')],
      known(user('Retired', 'X')),
    ],
    ['the same again', known(user('Retired', 'X'), true), [user('Retired', 'X')], known(user('Retired', 'X'), true)],
    ['registered again', known(user('Retired', 'X')), [user('Registered')], known(user('Registered'), true)],
    ['an old one beside the active one', known(user('Associated', 'Y'), true), [user('Deleted', 'X')], 'unsure'],
    ['one of several retired', known(user('Associated', 'Y'), true), [user('Retired', 'Y')], 'unsure'],
    ['another one came and went', known(user('Retired')), [user('Retired', 'Z')], known(user('Retired', 'Z'), true)],
  ] as const)('says of %s what is to be stored', (_what, stored, rows, wanted) => {
    expect(changedUser(stored, rows)).toEqual(wanted);
  });
});

describe('a notification', () => {
  const say = (change: Parameters<typeof noticedUser>[1], stored: KnownUser | null, told: Partial<User> = {}) =>
    noticedUser(stored, change, {
      clientUserId: 'anna',
      email: null,
      idHash: null,
      inviteCode: null,
      status: null,
      ...told,
    });

  test.each([
    ['created', null, 'Registered', true],
    ['created', known(user('Registered')), 'Registered', false],
    ['created', known(user('Retired')), 'Registered', false],
    ['updated', known(user('Associated', 'X')), 'Associated', true],
    ['updated', known(user('Retired')), 'Retired', true],
    ['updated', null, '', false],
    ['retired', known(user('Registered')), 'Retired', true],
    ['retired', null, 'Retired', false],
    ['associated', known(user('Registered')), 'Associated', true],
    ['associated', known(user('Retired')), 'Associated', false],
  ] as const)('of a user %s, where %j was stored, makes it %s; it follows: %s', (change, stored, status, fits) => {
    const said = say(change, stored);

    expect(said).toMatchObject({ user: { status }, fits });
  });

  test('keeps an email address that it does not repeat, but a new registration inherits none', () => {
    const stored = known(user('Registered', null, 'anna@orchard.example'));

    expect(say('retired', stored).user.email).toBe('anna@orchard.example');
    expect(say('updated', stored, { email: 'new@orchard.example' }).user.email).toBe('new@orchard.example');
    expect(say('created', known(user('Retired'))).user.email).toBeNull();
  });

  test('is described with what happened to whom', () => {
    const total = totalOf([
      effect('users', { users: 3, registered: 3 }),
      effect('users', { users: 2, retired: 1 }),
      effect('users', { users: 1 }),
    ]);

    expect(noticeWords(total, new Map())).toBe('Apple notified: 3 users registered, 1 retired, 2 changed.');
  });
});

test.each([
  [null, user('Registered'), 'registered'],
  [user('Retired'), user('Associated', 'X'), 'registered'],
  [user('Registered'), user('Associated', 'X'), 'changed'],
  [user('Registered'), user('Retired'), 'retired'],
  [null, user('Retired'), 'retired'],
  [user('Retired'), user('Deleted'), 'changed'],
  [user('Registered'), null, 'gone'],
  [user('Registered'), user('Registered'), null],
] as const)('who was %j and is %j is %s', (before, after, change) => {
  expect(userChange(before, after)).toBe(change);
});

test.each([
  [{ registered: 3, retired: 1, changed: 0, gone: 0 }, '3 users registered, 1 retired'],
  [{ registered: 0, retired: 1, changed: 0, gone: 2000 }, '1 user retired, 2,000 gone'],
  [{ registered: 0, retired: 0, changed: 0, gone: 0 }, ''],
])('changes %j read “%s”', (changes, words) => {
  expect(userWords(changes)).toBe(words);
});

describe('a scan asks for users', () => {
  const read = { version: 'v', readAt: new Date('2026-11-28T00:00:00Z'), held: 5, toRecheck: false, missing: null };

  test.each([
    ['not, where nothing speaks for it', read, 'changes', false, null],
    ['all of them with a full pass', read, 'full', false, 'all'],
    ['all of them the first time', { ...read, version: null, readAt: null }, 'changes', false, 'all'],
    ['who changed, when somebody unknown was given a license', read, 'changes', true, 'changes'],
    ['who changed, when a notification did not fit', { ...read, toRecheck: true }, 'changes', false, 'changes'],
    ['all of them, while some are missing', { ...read, missing: { mark: '1-a', since: NOW } }, 'changes', false, 'all'],
    ['who changed, once a day', { ...read, readAt: new Date('2026-11-27T12:00:00Z') }, 'changes', false, 'changes'],
  ] as const)('%s', (_why, reading, scanned, newHolder, wanted) => {
    expect(usersToRead(reading, scanned, newHolder, NOW)).toBe(wanted);
  });
});
