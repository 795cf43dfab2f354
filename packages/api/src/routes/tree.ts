import { z } from 'zod';
import { defineRoute } from '../define-route.ts';
import { Id, Name } from '../schemas/common.ts';
import { Organization, PolicyDetail, PolicyNode } from '../schemas/policy.ts';

const tag = 'Organizations and policies';
const OrganizationParams = z.strictObject({ organizationId: Id });
const PolicyParams = z.strictObject({ policyId: Id });

export const tree = {
  listOrganizations: defineRoute('GET', '/api/organizations', {
    access: 'viewer',
    tag,
    summary: 'All organizations',
    response: z.object({ organizations: z.array(Organization) }),
  }),
  addOrganization: defineRoute('POST', '/api/organizations', {
    access: 'admin',
    tag,
    summary: 'Add an organization; it starts with one policy of its name',
    status: 201,
    body: z.strictObject({ name: Name }),
    response: Organization,
    refusals: ['organization.exists'],
  }),
  renameOrganization: defineRoute('PATCH', '/api/organizations/{organizationId}', {
    access: 'admin',
    tag,
    summary: 'Rename an organization',
    params: OrganizationParams,
    body: z.strictObject({ name: Name }),
    response: Organization,
    refusals: ['organization.not-found', 'organization.exists'],
  }),
  deleteOrganization: defineRoute('DELETE', '/api/organizations/{organizationId}', {
    access: 'owner',
    tag,
    summary: 'Delete an organization that holds no token; its events stay for as long as events are kept',
    params: OrganizationParams,
    refusals: ['organization.not-found', 'organization.holds-tokens'],
  }),
  listPolicies: defineRoute('GET', '/api/organizations/{organizationId}/policies', {
    access: 'viewer',
    tag,
    summary: 'The tree of policies, parents before children',
    params: OrganizationParams,
    response: z.object({ policies: z.array(PolicyNode) }),
    refusals: ['organization.not-found'],
  }),
  addPolicy: defineRoute('POST', '/api/organizations/{organizationId}/policies', {
    access: 'admin',
    tag,
    summary: 'Add a policy',
    status: 201,
    params: OrganizationParams,
    body: z.strictObject({ name: Name, parentId: Id.nullable() }),
    response: PolicyNode,
    refusals: ['organization.not-found', 'policy.not-found', 'policy.exists'],
  }),
  getPolicy: defineRoute('GET', '/api/policies/{policyId}', {
    access: 'viewer',
    tag,
    summary: 'A policy, the token it uses, and what may be done here',
    params: PolicyParams,
    response: PolicyDetail,
    refusals: ['policy.not-found'],
  }),
  renamePolicy: defineRoute('PATCH', '/api/policies/{policyId}', {
    access: 'admin',
    tag,
    summary: 'Rename a policy',
    params: PolicyParams,
    body: z.strictObject({ name: Name }),
    response: PolicyNode,
    refusals: ['policy.not-found', 'policy.exists'],
  }),
  deletePolicy: defineRoute('DELETE', '/api/policies/{policyId}', {
    access: 'admin',
    tag,
    summary: 'Delete a policy without children and without a token of its own',
    params: PolicyParams,
    refusals: ['policy.not-found', 'policy.has-children', 'policy.holds-token', 'policy.is-last'],
  }),
  setTokenInheritance: defineRoute('PUT', '/api/policies/{policyId}/token-inheritance', {
    access: 'admin',
    tag,
    summary: 'Enable Token Inheritance: children use this policy’s token',
    params: PolicyParams,
    body: z.strictObject({ enabled: z.boolean() }),
    response: PolicyDetail,
    refusals: ['policy.not-found', 'inheritance.child-holds-token', 'inheritance.no-token'],
  }),
};
