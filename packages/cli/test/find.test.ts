import { randomUUID } from 'node:crypto';
import type { Organization, PolicyNode } from '@winesap/api';
import { expect, test } from 'vitest';
import { type PlacedPolicy, policiesMeant, policyPath } from '../src/find/find-policy.ts';
import { tokensMeant } from '../src/find/find-token.ts';
import { row } from './support/documents.ts';

const chicago = row({ locationName: 'Chicago HQ', uId: '1' });
const main = row({ organizationName: 'Contoso', locationName: 'Main', uId: '2' });
const otherMain = row({ organizationName: 'Fabrikam', locationName: 'main', uId: '3' });
const number = row({ locationName: '1', uId: '4' });
const tokens = [chicago, main, otherMain, number];

test.for([
  ['an id', chicago.tokenId.toUpperCase(), [chicago]],
  ['an identification number, also where a location has that name', '1', [chicago]],
  ['a location, whatever the case', 'chicago hq', [chicago]],
  ['a location as it is written, before others that differ in case', 'Main', [main]],
  ['a location that several have', 'MAIN', [main, otherMain]],
  ['an organization and its location', 'fabrikam/Main', [otherMain]],
  ['nothing known', 'Berlin', []],
  ['nothing at all', '', []],
] as const)('a token is named by %s', ([, meant, found]) => {
  expect(tokensMeant(tokens, meant)).toEqual(found);
});

const organization = (name: string): Organization => ({
  id: randomUUID(),
  name,
  policies: 1,
  tokens: 0,
  createdAt: '2026-11-22T12:00:00Z',
});
const placed = (of: Organization, ...names: string[]): PlacedPolicy => ({
  organization: of,
  policy: {
    id: randomUUID(),
    organizationId: of.id,
    parentId: null,
    name: names.at(-1) ?? '',
    token: null,
  } as PolicyNode,
  names,
});

const northwind = organization('Northwind');
const root = placed(northwind, 'Northwind');
const retail = placed(northwind, 'Northwind', 'Retail');
const east = placed(northwind, 'Northwind', 'Retail', 'Stores East');
const office = placed(northwind, 'Northwind', 'Office');
const eastOffice = placed(northwind, 'Northwind', 'Office', 'Stores East');
const slash = placed(northwind, 'Northwind', 'A/B Tests');
const tree = [root, retail, east, office, eastOffice, slash];

test('a root policy with its organization’s name is shown once', () => {
  expect(tree.map(policyPath)).toEqual([
    'Northwind',
    'Northwind/Retail',
    'Northwind/Retail/Stores East',
    'Northwind/Office',
    'Northwind/Office/Stores East',
    'Northwind/A/B Tests',
  ]);
});

test.for([
  ['northwind', [root]],
  ['Northwind/Retail', [retail]],
  ['Northwind/Northwind/Retail', [retail]],
  ['Northwind/Retail/Stores East', [east]],
  ['Northwind/Stores East', [east, eastOffice]],
  ['Northwind/A/B Tests', [slash]],
  ['Northwind/Berlin', []],
  ['Retail', []],
] as const)('the path %s', ([path, found]) => {
  expect(policiesMeant(tree, path)).toEqual(found);
});
