import { type Role, routes } from '@winesap/api';
import { expect, test } from 'vitest';
import { whyNot } from '../src/data/why-not.ts';

test.each<[Role, keyof typeof routes, string | null]>([
  ['viewer', 'listTokens', null],
  ['viewer', 'getSetup', null],
  ['viewer', 'renewToken', 'This needs the role admin. You are viewer. Ask an owner.'],
  ['admin', 'renewToken', null],
  ['admin', 'listPeople', 'This needs the role owner. You are admin. Ask an owner.'],
  ['owner', 'listPeople', null],
])('a person who is %s and %s: %s', (role, route, why) => {
  expect(whyNot({ role }, routes[route])).toBe(why);
});
