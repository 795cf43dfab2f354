import type { Actor, EventDraft } from '../../domain/event.ts';
import { type Threshold, type ThresholdScope, thresholdWords } from '../../domain/licenses/threshold.ts';
import { AppError } from '../../errors.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';

/**
 * Sets when licenses count as low, or with null removes the threshold. Recomputes all assets concerned immediately.
 * Removing the installation's threshold restores the default, so one always applies.
 */
export async function setThreshold(
  deps: Deps,
  input: { scope: ThresholdScope; threshold: Threshold | null },
  actor: Actor,
): Promise<void> {
  await deps.store.write(async (tx) => {
    const { organizationId, policyId, name } = await placeOf(tx, input.scope);
    await tx.thresholds.set(input.scope, input.threshold, deps.now());
    const said = input.threshold === null ? 'as what stands above says' : thresholdWords(input.threshold);
    const event: EventDraft = {
      level: 'info',
      receiverType: receiverOf(input.scope),
      receiverName: name,
      code: 'threshold.changed',
      text: `Licenses count as low, ${name}: ${said}.`,
      failure: null,
      organizationId,
      policyId,
      tokenId: null,
      actor,
      data: { scope: input.scope, threshold: input.threshold },
    };
    await tx.events.append(event, deps.now());
  });
}

async function placeOf(tx: Tx, scope: ThresholdScope) {
  switch (scope.kind) {
    case 'installation':
      return { organizationId: null, policyId: null, name: 'everywhere' };
    case 'organization': {
      const organization = await tx.organizations.byId(scope.organizationId);
      if (organization === null) throw new AppError('organization.not-found', { organizationId: scope.organizationId });
      return { organizationId: organization.id, policyId: null, name: organization.name };
    }
    case 'policy': {
      const place = await tx.policies.organizationOf(scope.policyId);
      const policies = place === null ? [] : await tx.policies.tree(place.organizationId);
      const policy = policies.find(({ id }) => id === scope.policyId);
      if (place === null || policy === undefined) throw new AppError('policy.not-found', { policyId: scope.policyId });
      return { organizationId: place.organizationId, policyId: policy.id, name: policy.name };
    }
    case 'asset': {
      const asset = await tx.assets.byKey(scope.uId, scope.adamId, scope.pricingParam);
      if (asset === null) throw new AppError('asset.not-found', { adamId: scope.adamId });
      const token = await tx.tokens.byLocation(scope.uId);
      return {
        organizationId: token?.organizationId ?? null,
        policyId: token?.policyId ?? null,
        name: asset.name ?? scope.adamId,
      };
    }
  }
}

function receiverOf(scope: ThresholdScope): EventDraft['receiverType'] {
  switch (scope.kind) {
    case 'installation':
      return 'system';
    case 'organization':
    case 'policy':
      return scope.kind;
    case 'asset':
      return 'vpp-token';
  }
}
