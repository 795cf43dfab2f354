import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PolicyNode, PolicyTree } from '../src/domain/organizations/policy-tree.ts';

const node = (id: string, parentId: string | null, more: Partial<PolicyNode> = {}): PolicyNode => ({
  id,
  parentId,
  name: id,
  tokenInheritance: false,
  tokenId: null,
  uId: null,
  ...more,
});
const holds = (location: string, tokenInheritance = false): Partial<PolicyNode> => ({
  tokenId: `token of ${location}`,
  uId: location,
  tokenInheritance,
});

test('a policy uses its own token before any inherited one', () => {
  const tree = new PolicyTree([node('root', null, holds('A', true)), node('child', 'root', holds('A'))]);

  expect(tree.effectiveToken('child')).toMatchObject({ source: 'own', holderId: 'child' });
});

test('a token comes from the nearest ancestor that shares one', () => {
  const tree = new PolicyTree([
    node('root', null, holds('A', true)),
    node('middle', 'root', holds('B', true)),
    node('leaf', 'middle'),
    node('aside', 'root'),
  ]);

  expect(tree.effectiveToken('leaf')).toEqual({ tokenId: 'token of B', source: 'inherited', holderId: 'middle' });
  expect(tree.effectiveToken('aside')).toMatchObject({ holderId: 'root' });
  expect(tree.heirs('root').map(({ id }) => id)).toEqual(['aside']);
  expect(tree.heirs('middle').map(({ id }) => id)).toEqual(['leaf']);
});

test('a policy that keeps its token to itself does not block the one above', () => {
  const tree = new PolicyTree([
    node('root', null, holds('A', true)),
    node('middle', 'root', holds('A')),
    node('leaf', 'middle'),
  ]);

  expect(tree.effectiveToken('leaf')).toMatchObject({ holderId: 'root' });
});

test('tokens of other locations below block inheritance, at any depth', () => {
  const tree = new PolicyTree([
    node('root', null, holds('A')),
    node('same', 'root', holds('A')),
    node('empty', 'root'),
    node('other', 'empty', holds('B')),
  ]);

  expect(tree.inTheWayOfInheritance('root').map(({ id }) => id)).toEqual(['other']);
  expect(tree.inTheWayOfInheritance('same')).toEqual([]);
});

test('an unknown policy has no token, no path, and no children', () => {
  const tree = new PolicyTree([node('root', null, holds('A', true))]);

  expect(tree.effectiveToken('gone')).toBeNull();
  expect(tree.path('gone')).toEqual([]);
  expect(tree.children('gone')).toEqual([]);
});

/** A random tree: each policy is below an earlier one. */
const someTree = fc
  .array(
    fc.record({ parent: fc.nat(), holds: fc.boolean(), gives: fc.boolean(), location: fc.constantFrom('A', 'B') }),
    {
      minLength: 1,
      maxLength: 25,
    },
  )
  .map((wishes) =>
    wishes.map(({ parent, holds: has, gives, location }, i) =>
      node(`p${i}`, i === 0 ? null : `p${parent % i}`, has ? holds(location, gives) : {}),
    ),
  );

test('in any tree, the listing has every policy once, parents first', () => {
  fc.assert(
    fc.property(someTree, (nodes) => {
      const order = new PolicyTree(nodes).ordered().map(({ id }) => id);

      expect([...order].sort()).toEqual(nodes.map(({ id }) => id).sort());
      for (const { id, parentId } of nodes)
        if (parentId !== null) expect(order.indexOf(parentId)).toBeLessThan(order.indexOf(id));
    }),
  );
});

test('in any tree, an inherited token is that of a sharing ancestor, and holders know their heirs', () => {
  fc.assert(
    fc.property(someTree, (nodes) => {
      const tree = new PolicyTree(nodes);
      for (const { id, tokenId } of nodes) {
        const token = tree.effectiveToken(id);
        expect(token?.source === 'own').toBe(tokenId !== null);
        if (token?.source !== 'inherited') continue;
        expect(tree.path(id).map((above) => above.id)).toContain(token.holderId);
        expect(tree.node(token.holderId)?.tokenInheritance).toBe(true);
        expect(tree.heirs(token.holderId).map((heir) => heir.id)).toContain(id);
      }
    }),
  );
});
