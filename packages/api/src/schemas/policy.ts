import { z } from 'zod';
import { Id, Instant } from './common.ts';
import { Severity } from './health.ts';
import { ContentToken } from './token.ts';

export const Organization = z
  .object({ id: Id, name: z.string(), policies: z.number().int(), tokens: z.number().int(), createdAt: Instant })
  .meta({ id: 'Organization' });
export type Organization = z.output<typeof Organization>;

/** A node of the tree, as the console shows it. */
export const PolicyNode = z
  .object({
    id: Id,
    organizationId: Id,
    parentId: Id.nullable(),
    name: z.string(),
    token: z
      .object({ source: z.enum(['own', 'inherited']), tokenId: Id, severity: Severity, label: z.string() })
      .nullable(),
  })
  .meta({ id: 'PolicyNode' });
export type PolicyNode = z.output<typeof PolicyNode>;

/** Whether a person may do something here, and why not. */
export const Permission = z
  .object({ allowed: z.boolean(), code: z.string().nullable(), reason: z.string().nullable() })
  .meta({ id: 'Permission' });
export type Permission = z.output<typeof Permission>;

export const PolicyDetail = z
  .object({
    id: Id,
    organizationId: Id,
    organizationName: z.string(),
    parentId: Id.nullable(),
    name: z.string(),
    path: z.array(z.object({ id: Id, name: z.string() })).describe('From the root to this policy.'),
    token: ContentToken.nullable(),
    tokenSource: z.enum(['own', 'inherited']).nullable(),
    inheritedFrom: z.object({ policyId: Id, policyName: z.string() }).nullable(),
    tokenInheritance: z.boolean(),
    may: z.object({
      add: Permission,
      renew: Permission,
      remove: Permission,
      scan: Permission,
      changeInheritance: Permission,
      changeMode: Permission,
      deletePolicy: Permission,
    }),
  })
  .meta({ id: 'PolicyDetail' });
export type PolicyDetail = z.output<typeof PolicyDetail>;
