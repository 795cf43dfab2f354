import { type Organization, type PolicyNode, routes } from '@winesap/api';
import { refusal } from '../refusal.ts';
import type { Session } from '../session/session.ts';
import { printable } from '../terminal/printable.ts';
import { sameName } from './same-name.ts';

export interface PlacedPolicy {
  organization: Organization;
  policy: PolicyNode;
  /** Names from the root of the tree to this policy. */
  names: readonly string[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns every policy of one organization, with its names from the root, in the server's order. */
export async function placedPolicies(session: Session, organization: Organization): Promise<PlacedPolicy[]> {
  const { policies } = await session.call(routes.listPolicies, { params: { organizationId: organization.id } });
  const byId = new Map(policies.map((policy) => [policy.id, policy]));
  return policies.map((policy) => ({ organization, policy, names: namesFromRoot(policy, byId) }));
}

/**
 * Returns the path that people write. The root policy usually has the organization's name, which is not repeated:
 * `Northwind`, `Northwind/Retail/Stores East`.
 */
export function policyPath({ organization, names }: PlacedPolicy): string {
  const [root, ...rest] = names;
  const below = root !== undefined && sameName(root, organization.name) ? rest : names;
  return [organization.name, ...below].join('/');
}

/** Returns an organization by its name or ID. Errors: organization.not-found. */
export async function findOrganization(session: Session, meant: string): Promise<Organization> {
  const { organizations } = await session.call(routes.listOrganizations, {});
  const found =
    organizations.find(({ id }) => id === meant.toLowerCase()) ??
    organizations.find(({ name }) => sameName(name, meant));
  if (found !== undefined) return found;
  throw refusal(
    'organization.not-found',
    `There is no organization “${printable(meant)}”.`,
    organizations.length === 0
      ? 'Add one: winesap organizations add NAME.'
      : `There are: ${organizations
          .slice(0, 20)
          .map(({ name }) => name)
          .join(', ')}${organizations.length > 20 ? ' …' : ''}.`,
  );
}

/**
 * Returns a policy by its ID or path: `Organization/Policy/…`. Intermediate steps are optional if the path stays
 * unambiguous (`Northwind/Stores East`). Errors: policy.not-found, policy.ambiguous, organization.not-found.
 */
export async function findPolicy(session: Session, meant: string): Promise<PlacedPolicy> {
  const { organizations } = await session.call(routes.listOrganizations, {});
  if (UUID.test(meant)) {
    const detail = await session.call(routes.getPolicy, { params: { policyId: meant.toLowerCase() } });
    const organization = organizations.find(({ id }) => id === detail.organizationId);
    const placed = organization && (await placedPolicies(session, organization));
    const found = placed?.find(({ policy }) => policy.id === detail.id);
    if (found) return found;
  }
  // Names can contain a slash themselves, so the organization is matched, not split off.
  const among = organizations.filter(
    ({ name }) => sameName(name, meant) || sameName(meant.slice(0, name.length + 1), `${name}/`),
  );
  if (among.length === 0) await findOrganization(session, meant.split('/')[0] ?? meant);
  const placed = (await Promise.all(among.map((organization) => placedPolicies(session, organization)))).flat();
  const found = policiesMeant(placed, meant);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const paths = (some: readonly PlacedPolicy[]) => some.slice(0, 20).map(policyPath).join(', ');
  if (only === undefined)
    throw refusal('policy.not-found', `There is no policy “${printable(meant)}”.`, `There are: ${paths(placed)}.`);
  throw refusal(
    'policy.ambiguous',
    `${found.length} policies are called “${printable(meant)}”.`,
    `Write the whole path: ${paths(found)}.`,
    { candidates: found.map((each) => ({ policyId: each.policy.id, path: policyPath(each) })) },
  );
}

/** Returns everything that the path can mean; a full path wins over a shortened one. */
export function policiesMeant(placed: readonly PlacedPolicy[], meant: string): PlacedPolicy[] {
  const whole = placed.filter(
    (each) => sameName(policyPath(each), meant) || sameName([each.organization.name, ...each.names].join('/'), meant),
  );
  if (whole.length > 0) return whole;
  return placed.filter(({ organization, names }) =>
    names.some((_, at) => sameName([organization.name, ...names.slice(at)].join('/'), meant)),
  );
}

function namesFromRoot(policy: PolicyNode, byId: ReadonlyMap<string, PolicyNode>): string[] {
  const names: string[] = [];
  // At most as many steps as there are policies, so that a corrupt cycle ends too.
  for (let at: PolicyNode | undefined = policy, steps = 0; at && steps <= byId.size; steps++) {
    names.unshift(at.name);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return names;
}
