import type { Actor, EventDraft } from '../../domain/event.ts';
import type { Instant } from '../../domain/instant.ts';
import { PolicyTree } from '../../domain/organizations/policy-tree.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/** A new organization starts with one policy of the same name, so that a token has a place to go. */
export async function addOrganization(deps: Deps, name: string, actor: Actor): Promise<string> {
  return deps.store.write(async (tx) => {
    await refuseTakenName(tx, name, null);
    const { organizationId } = await insertOrganization(tx, name, name, actor, deps.now());
    return organizationId;
  });
}

/** Adds an organization with its first policy, in the caller's transaction. */
export async function insertOrganization(
  tx: Tx,
  name: string,
  policyName: string,
  actor: Actor,
  now: Instant,
): Promise<{ organizationId: string; policyId: string }> {
  const id = await tx.organizations.insert(name, now);
  const policyId = await tx.policies.insert({ organizationId: id, parentId: null, name: policyName }, now);
  await tx.events.append(organizationEvent({ id, name }, 'organization.added', `${name} was added.`, actor), now);
  return { organizationId: id, policyId };
}

/** Adds a policy in the caller's transaction. */
export async function insertPolicy(
  tx: Tx,
  policy: { organizationId: string; parentId: string | null; name: string },
  actor: Actor,
  now: Instant,
): Promise<string> {
  const id = await tx.policies.insert(policy, now);
  await tx.events.append(policyEvent(policy.organizationId, id, policy.name, 'added', actor), now);
  return id;
}

export async function renameOrganization(deps: Deps, id: string, name: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const before = await organizationOrRefuse(tx, id);
    await refuseTakenName(tx, name, id);
    await tx.organizations.rename(id, name);
    const text = `${before.name} is now called ${name}.`;
    await tx.events.append(organizationEvent({ id, name }, 'organization.renamed', text, actor), deps.now());
  });
}

export async function deleteOrganization(deps: Deps, id: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const organization = await organizationOrRefuse(tx, id);
    const holders = (await tx.policies.tree(id)).filter(({ tokenId }) => tokenId !== null);
    if (holders.length > 0)
      throw new AppError('organization.holds-tokens', { policies: holders.map(({ name }) => name) });
    await tx.organizations.delete(id);
    const event = organizationEvent(organization, 'organization.deleted', `${organization.name} was deleted.`, actor);
    await tx.events.append({ ...event, organizationId: null }, deps.now());
  });
}

export async function addPolicy(
  deps: Deps,
  input: { organizationId: string; parentId: string | null; name: string },
  actor: Actor,
): Promise<string> {
  return deps.store.write(async (tx) => {
    await organizationOrRefuse(tx, input.organizationId);
    const tree = new PolicyTree(await tx.policies.tree(input.organizationId));
    if (input.parentId !== null && tree.node(input.parentId) === null)
      throw new AppError('policy.not-found', { policyId: input.parentId });
    refuseTakenPolicyName(tree, input.parentId, input.name, null);
    return insertPolicy(tx, input, actor, deps.now());
  });
}

export async function renamePolicy(deps: Deps, input: { policyId: string; name: string }, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const { organizationId, tree, policy } = await policyOrRefuse(tx, input.policyId);
    refuseTakenPolicyName(tree, policy.parentId, input.name, policy.id);
    await tx.policies.rename(policy.id, input.name);
    await tx.events.append(policyEvent(organizationId, policy.id, input.name, 'renamed', actor), deps.now());
  });
}

export async function deletePolicy(deps: Deps, policyId: string, actor: Actor): Promise<void> {
  await deps.store.write(async (tx) => {
    const { organizationId, tree, policy } = await policyOrRefuse(tx, policyId);
    if (policy.tokenId !== null) throw new AppError('policy.holds-token', { tokenId: policy.tokenId });
    if (tree.children(policy.id).length > 0)
      throw new AppError('policy.has-children', { policies: tree.children(policy.id).map(({ name }) => name) });
    if (tree.ordered().length === 1) throw new AppError('policy.is-last', {});
    await tx.policies.delete(policy.id);
    await tx.events.append(policyEvent(organizationId, null, policy.name, 'deleted', actor), deps.now());
  });
}

async function organizationOrRefuse(tx: Tx, id: string): Promise<{ id: string; name: string }> {
  const organization = await tx.organizations.byId(id);
  if (organization === null) throw new AppError('organization.not-found', { organizationId: id });
  return organization;
}

async function policyOrRefuse(tx: Tx, policyId: string) {
  const organization = await tx.policies.organizationOf(policyId);
  if (organization === null) throw new AppError('policy.not-found', { policyId });
  const tree = new PolicyTree(await tx.policies.tree(organization.organizationId));
  const policy = tree.node(policyId);
  if (policy === null) throw new AppError('policy.not-found', { policyId });
  return { organizationId: organization.organizationId, tree, policy };
}

async function refuseTakenName(tx: Tx, name: string, except: string | null): Promise<void> {
  const id = await tx.organizations.idByName(name);
  if (id !== null && id !== except) throw new AppError('organization.exists', { name });
}

function refuseTakenPolicyName(tree: PolicyTree, parentId: string | null, name: string, except: string | null): void {
  const taken = tree.ordered().some((node) => node.parentId === parentId && node.name === name && node.id !== except);
  if (taken) throw new AppError('policy.exists', { name });
}

function organizationEvent(
  organization: { id: string; name: string },
  code: string,
  text: string,
  actor: Actor,
): EventDraft {
  return {
    level: 'info',
    receiverType: 'organization',
    receiverName: organization.name,
    code,
    text,
    failure: null,
    organizationId: organization.id,
    policyId: null,
    tokenId: null,
    actor,
    data: {},
  };
}

function policyEvent(
  organizationId: string,
  policyId: string | null,
  name: string,
  what: 'added' | 'renamed' | 'deleted',
  actor: Actor,
): EventDraft {
  return {
    level: 'info',
    receiverType: 'policy',
    receiverName: name,
    code: `policy.${what}`,
    text: `The policy “${name}” was ${what}.`,
    failure: null,
    organizationId,
    policyId,
    tokenId: null,
    actor,
    data: {},
  };
}
