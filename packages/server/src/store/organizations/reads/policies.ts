import type { PolicyNode as PolicyView } from '@winesap/api';
import { healthWords, type PolicyNode, PolicyTree, SEVERITY, type TokenState } from '@winesap/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';
import { readTree } from '../policies.ts';

export interface Place {
  organizationId: string;
  organizationName: string;
  tree: PolicyTree;
  policy: PolicyNode;
}

/** Returns a policy's path, or null if there is none with that ID. */
export async function readPlace(db: Kysely<Tables>, policyId: string): Promise<Place | null> {
  const row = await db
    .selectFrom('policies')
    .innerJoin('organizations', 'organizations.id', 'policies.organization_id')
    .select(['organizations.id', 'organizations.name'])
    .where('policies.id', '=', policyId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const tree = new PolicyTree(await readTree(db, row.id));
  const policy = tree.node(policyId);
  return policy === null ? null : { organizationId: row.id, organizationName: row.name, tree, policy };
}

/** Returns the tree for the console: parents before children, each with the state of the token it uses. */
export async function readPolicyNodes(db: Kysely<Tables>, organizationId: string): Promise<PolicyView[]> {
  const tree = new PolicyTree(await readTree(db, organizationId));
  const states = await db
    .selectFrom('content_tokens')
    .select(['id', 'state'])
    .where('organization_id', '=', organizationId)
    .where('removed_at', 'is', null)
    .execute();
  const stateOf = new Map(states.map(({ id, state }) => [id, state]));
  return tree.ordered().map((node) => {
    const token = tree.effectiveToken(node.id);
    const state: TokenState = stateOf.get(token?.tokenId ?? '') ?? 'unknown';
    return {
      id: node.id,
      organizationId,
      parentId: node.parentId,
      name: node.name,
      token:
        token === null
          ? null
          : { source: token.source, tokenId: token.tokenId, severity: SEVERITY[state], label: labelOf(state) },
    };
  });
}

function labelOf(state: TokenState): string {
  return healthWords(state, { locationName: '', daysLeft: null, claimName: null, failure: null, portal }).label;
}

const portal = 'business.apple.com or school.apple.com';
