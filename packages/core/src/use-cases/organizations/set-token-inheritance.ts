import type { Actor } from '../../domain/event.ts';
import { PolicyTree } from '../../domain/organizations/policy-tree.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';

/**
 * *Enable Token Inheritance*: children use this policy's token. Refused while a child holds one of another location.
 */
export async function setTokenInheritance(
  deps: Deps,
  input: { policyId: string; enabled: boolean },
  actor: Actor,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const organization = await tx.policies.organizationOf(input.policyId);
    if (organization === null) throw new AppError('policy.not-found', { policyId: input.policyId });
    const tree = new PolicyTree(await tx.policies.tree(organization.organizationId));
    const policy = tree.node(input.policyId);
    if (policy === null) throw new AppError('policy.not-found', { policyId: input.policyId });
    if (policy.tokenInheritance === input.enabled) return;
    if (input.enabled && policy.tokenId === null)
      throw new AppError('inheritance.no-token', { policyName: policy.name });

    const inTheWay = input.enabled ? tree.inTheWayOfInheritance(policy.id) : [];
    if (inTheWay.length > 0)
      throw new AppError('inheritance.child-holds-token', {
        policies: inTheWay.map(({ id, name, uId }) => ({ policyId: id, policyName: name, uId })),
      });
    await tx.policies.setTokenInheritance(policy.id, input.enabled);
    await tx.events.append(
      {
        level: 'info',
        receiverType: 'policy',
        receiverName: policy.name,
        code: input.enabled ? 'inheritance.enabled' : 'inheritance.disabled',
        text: `Token Inheritance was ${input.enabled ? 'enabled' : 'disabled'} for the policies below “${policy.name}”.`,
        failure: null,
        organizationId: organization.organizationId,
        policyId: policy.id,
        tokenId: policy.tokenId,
        actor,
        data: { policies: tree.descendants(policy.id).length },
      },
      deps.now(),
    );
  });
}
