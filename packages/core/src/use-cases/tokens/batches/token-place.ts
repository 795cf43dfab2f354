import type { Actor } from '../../../domain/event.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { Identity } from '../../../domain/locations/identity.ts';
import { PolicyTree } from '../../../domain/organizations/policy-tree.ts';
import { placeName, type TokenPlace } from '../../../domain/tokens/batch.ts';
import type { Tx } from '../../../ports/store.ts';
import { insertOrganization, insertPolicy } from '../../organizations/change-tree.ts';

/**
 * Returns where a new token would go: to the organization that it names, known or new, and there to a policy of the
 * location's name, or to the only policy if it has no token. Places proposed to other files of the batch are taken.
 */
export async function proposePlace(tx: Tx, batchId: string, identity: Identity): Promise<TokenPlace> {
  const location = placeName(identity.locationName, identity.uId);
  const name = placeName(identity.organizationName, location);
  const others = await tx.batches.places(batchId);
  const organization = await organizationOf(tx, batchId, identity, name);
  if (organization === null) {
    const isTaken =
      (await tx.organizations.idByName(name)) !== null ||
      others.some((other) => isSameName(other.organizationName, name) && isOther(other.appleOrganizationId, identity));
    const organizationName = isTaken ? placeName(`${name} (${location})`, location) : name;
    const names = others
      .filter((other) => isSameName(other.organizationName, organizationName))
      .map(({ policyName }) => policyName);
    return { organizationId: null, organizationName, policyId: null, policyName: unusedName(location, names) };
  }
  const known = { organizationId: organization.id, organizationName: organization.name };
  const tree = new PolicyTree(await tx.policies.tree(organization.id));
  const proposed = others.filter(({ organizationId }) => organizationId === organization.id);
  const isFree = ({ id }: { id: string }) =>
    tree.effectiveToken(id) === null && !proposed.some(({ policyId }) => policyId === id);
  const nodes = tree.ordered();
  const free = nodes.filter(isFree);
  const fitting = nodes.length === 1 ? free[0] : free.find((node) => node.name === location);
  if (fitting !== undefined) return { ...known, policyId: fitting.id, policyName: fitting.name };
  const names = [...nodes.map((node) => node.name), ...proposed.map(({ policyName }) => policyName)];
  return { ...known, policyId: null, policyName: unusedName(location, names) };
}

/** The first token of a new installation goes to its only organization, whatever Apple calls it. */
async function organizationOf(tx: Tx, batchId: string, identity: Identity, name: string) {
  const isAlone = (await tx.batches.countFiles(batchId)) === 1;
  const only = isAlone ? await tx.organizations.onlyEmpty() : null;
  return only ?? tx.organizations.likely(identity.appleOrganizationId, name);
}

const isSameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

function isOther(appleOrganizationId: string | null, identity: Identity): boolean {
  return (
    appleOrganizationId !== null &&
    identity.appleOrganizationId !== null &&
    appleOrganizationId !== identity.appleOrganizationId
  );
}

function unusedName(name: string, used: readonly string[]): string {
  if (!used.includes(name)) return name;
  for (let number = 2; ; number += 1) {
    const numbered = `${placeName(name.slice(0, 110), name)} ${number}`;
    if (!used.includes(numbered)) return numbered;
  }
}

/** Returns the policy of a place. Adds the organization and the policy if they don't exist yet. */
export async function findOrAddPolicy(tx: Tx, place: TokenPlace, actor: Actor, now: Instant): Promise<string> {
  if (place.policyId !== null) return place.policyId;
  const organizationId = place.organizationId ?? (await tx.organizations.idByName(place.organizationName));
  if (organizationId === null) {
    const { organizationName, policyName } = place;
    return (await insertOrganization(tx, organizationName, policyName, actor, now)).policyId;
  }
  const tree = new PolicyTree(await tx.policies.tree(organizationId));
  const found = tree.ordered().find((node) => node.name === place.policyName);
  return found?.id ?? insertPolicy(tx, { organizationId, parentId: null, name: place.policyName }, actor, now);
}
