import type { Instant } from '../domain/instant.ts';
import type { PolicyNode } from '../domain/organizations/policy-tree.ts';

export interface Organizations {
  insert(name: string, now: Instant): Promise<string>;
  rename(id: string, name: string): Promise<boolean>;
  delete(id: string): Promise<void>;
  byId(id: string): Promise<{ id: string; name: string } | null>;
  idByName(name: string): Promise<string | null>;
  /**
   * Returns the organization that a token file most likely belongs to: the only one with tokens of Apple's organization,
   * else the one of this name, unless its tokens are of another of Apple's organizations.
   */
  likely(appleOrganizationId: string | null, name: string): Promise<{ id: string; name: string } | null>;
  /** Returns the only organization if there is exactly one and it holds no token. */
  onlyEmpty(): Promise<{ id: string; name: string } | null>;
}

export interface Policies {
  insert(policy: { organizationId: string; parentId: string | null; name: string }, now: Instant): Promise<string>;
  rename(id: string, name: string): Promise<void>;
  delete(id: string): Promise<void>;
  setTokenInheritance(id: string, enabled: boolean): Promise<void>;
  organizationOf(id: string): Promise<{ organizationId: string; organizationName: string } | null>;
  /**
   * Returns all policies of an organization. Inside `write`, the tree is locked against changes until the transaction
   * ends.
   */
  tree(organizationId: string): Promise<PolicyNode[]>;
}
