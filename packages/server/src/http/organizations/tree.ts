import type { PolicyDetail } from '@winesap/api';
import {
  AppError,
  addOrganization,
  addPolicy,
  deleteOrganization,
  deletePolicy,
  renameOrganization,
  renamePolicy,
  setTokenInheritance,
} from '@winesap/core';
import { readOrganizations } from '../../store/organizations/reads/organizations.ts';
import { readPlace, readPolicyNodes } from '../../store/organizations/reads/policies.ts';
import { readToken } from '../../store/tokens/reads/tokens.ts';
import type { Context } from '../edge/context.ts';
import type { HandlersOf } from '../edge/handler.ts';
import { permissions } from '../edge/permissions.ts';

export function treeHandlers(context: Context): HandlersOf<'tree'> {
  const { deps, db } = context;
  const organization = async (id: string) => {
    const [found] = await readOrganizations(db, id);
    if (found === undefined) throw new AppError('organization.not-found', { organizationId: id });
    return found;
  };
  const policyNode = async (policyId: string) => {
    const place = await placeOf(context, policyId);
    const nodes = await readPolicyNodes(db, place.organizationId);
    const node = nodes.find(({ id }) => id === policyId);
    if (node === undefined) throw new AppError('policy.not-found', { policyId });
    return node;
  };
  return {
    listOrganizations: async () => ({ organizations: await readOrganizations(db) }),
    addOrganization: async ({ body, actor }) => organization(await addOrganization(deps, body.name, actor)),
    renameOrganization: async ({ params, body, actor }) => {
      await renameOrganization(deps, params.organizationId, body.name, actor);
      return organization(params.organizationId);
    },
    deleteOrganization: ({ params, actor }) =>
      deleteOrganization(deps, params.organizationId, actor) as Promise<undefined>,
    listPolicies: async ({ params }) => {
      await organization(params.organizationId);
      return { policies: await readPolicyNodes(db, params.organizationId) };
    },
    addPolicy: async ({ params, body, actor }) =>
      policyNode(await addPolicy(deps, { ...body, organizationId: params.organizationId }, actor)),
    getPolicy: ({ params, who }) => policyDetail(context, params.policyId, who.role),
    renamePolicy: async ({ params, body, actor }) => {
      await renamePolicy(deps, { policyId: params.policyId, name: body.name }, actor);
      return policyNode(params.policyId);
    },
    deletePolicy: ({ params, actor }) => deletePolicy(deps, params.policyId, actor) as Promise<undefined>,
    setTokenInheritance: async ({ params, body, actor, who }) => {
      await setTokenInheritance(deps, { policyId: params.policyId, enabled: body.enabled }, actor);
      return policyDetail(context, params.policyId, who.role);
    },
  };
}

/** Errors: policy.not-found. */
export async function placeOf({ db }: Context, policyId: string) {
  const place = await readPlace(db, policyId);
  if (place === null) throw new AppError('policy.not-found', { policyId });
  return place;
}

async function policyDetail(
  context: Context,
  policyId: string,
  role: 'owner' | 'admin' | 'viewer',
): Promise<PolicyDetail> {
  const place = await placeOf(context, policyId);
  const effective = place.tree.effectiveToken(policyId);
  const token = effective === null ? null : await readToken(context.db, effective.tokenId, context.now());
  const holder = effective === null ? null : place.tree.node(effective.holderId);
  return {
    id: place.policy.id,
    organizationId: place.organizationId,
    organizationName: place.organizationName,
    parentId: place.policy.parentId,
    name: place.policy.name,
    path: place.tree.path(policyId).map(({ id, name }) => ({ id, name })),
    token,
    tokenSource: effective?.source ?? null,
    inheritedFrom:
      effective?.source === 'inherited' && holder !== null ? { policyId: holder.id, policyName: holder.name } : null,
    tokenInheritance: place.policy.tokenInheritance,
    may: permissions(place, token, role),
  };
}
