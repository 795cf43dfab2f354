export { mayActAs, type Role } from '../domain/organizations/access.ts';
export { type EffectiveToken, type PolicyNode, PolicyTree } from '../domain/organizations/policy-tree.ts';
export type { Organizations, Policies } from '../ports/organizations.ts';
export {
  addOrganization,
  addPolicy,
  deleteOrganization,
  deletePolicy,
  renameOrganization,
  renamePolicy,
} from '../use-cases/organizations/change-tree.ts';
export { setTokenInheritance } from '../use-cases/organizations/set-token-inheritance.ts';
