import type { PolicyNode } from '@winesap/api';
import { describe, expect, test } from 'vitest';
import { treeAct } from '../src/policies/tree-keys.ts';
import { treeRows } from '../src/policies/tree-rows.ts';

const policy = (id: string, parentId: string | null, name: string): PolicyNode => ({
  id,
  organizationId: 'o',
  parentId,
  name,
  token: null,
});
const POLICIES = [
  policy('root', null, 'Northwind'),
  policy('retail', 'root', 'Retail'),
  policy('office', 'root', 'Office'),
  policy('east', 'retail', 'Stores East'),
  policy('west', 'retail', 'Stores West'),
];
const rows = treeRows(POLICIES, new Set());
const at = (name: string) => rows.findIndex((row) => row.policy.name === name);

describe('the rows of the tree', () => {
  test('siblings stand by name, children below their parent', () => {
    expect(rows.map((row) => `${row.depth} ${row.policy.name}`)).toEqual([
      '0 Northwind',
      '1 Office',
      '1 Retail',
      '2 Stores East',
      '2 Stores West',
    ]);
  });

  test('what lies below a closed policy is not shown', () => {
    expect(treeRows(POLICIES, new Set(['retail'])).map((row) => row.policy.name)).toEqual([
      'Northwind',
      'Office',
      'Retail',
    ]);
  });

  test('a policy whose parent is not known stands at the top instead of vanishing', () => {
    expect(treeRows([policy('lost', 'elsewhere', 'Lost')], new Set()).map((row) => row.depth)).toEqual([0]);
  });
});

describe('the keys of the tree', () => {
  test('arrows, Home and End move, and stop at both ends', () => {
    expect(treeAct(rows, 0, 'ArrowDown')).toEqual({ act: 'focus', index: 1 });
    expect(treeAct(rows, 0, 'ArrowUp')).toEqual({ act: 'focus', index: 0 });
    expect(treeAct(rows, 1, 'End')).toEqual({ act: 'focus', index: 4 });
    expect(treeAct(rows, 4, 'ArrowDown')).toEqual({ act: 'focus', index: 4 });
    expect(treeAct(rows, 4, 'Home')).toEqual({ act: 'focus', index: 0 });
  });

  test('left closes an open policy, and goes to the parent from a closed one', () => {
    expect(treeAct(rows, at('Retail'), 'ArrowLeft')).toEqual({ act: 'close', policyId: 'retail' });
    expect(treeAct(rows, at('Stores West'), 'ArrowLeft')).toEqual({ act: 'focus', index: at('Retail') });
    expect(treeAct(rows, at('Office'), 'ArrowRight')).toBeNull();
  });

  test('right opens a closed policy, then goes in', () => {
    const closed = treeRows(POLICIES, new Set(['retail']));
    expect(treeAct(closed, 2, 'ArrowRight')).toEqual({ act: 'open', policyId: 'retail' });
    expect(treeAct(rows, at('Retail'), 'ArrowRight')).toEqual({ act: 'focus', index: at('Stores East') });
  });

  test('a letter goes to the next policy that begins with it, and round again', () => {
    expect(treeAct(rows, at('Stores East'), 's')).toEqual({ act: 'focus', index: at('Stores West') });
    expect(treeAct(rows, at('Stores West'), 's')).toEqual({ act: 'focus', index: at('Stores East') });
    expect(treeAct(rows, 0, 'z')).toBeNull();
  });

  test('keys that are not the tree’s are left to the browser', () => {
    expect(treeAct(rows, 0, 'Tab')).toBeNull();
    expect(treeAct(rows, 0, 'Escape')).toBeNull();
  });
});
