import { AppleFailureError } from '../../domain/apple-failure.ts';
import type { Actor } from '../../domain/event.ts';
import { claimState, holderOf, type Mode, planClaim } from '../../domain/locations/claim.ts';
import type { Identity } from '../../domain/locations/identity.ts';
import { PolicyTree } from '../../domain/organizations/policy-tree.ts';
import { tokenPlace } from '../../domain/seal-place.ts';
import type { TokenPlace } from '../../domain/tokens/batch.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx, View } from '../../ports/store.ts';
import type { NewToken, TokenHealth } from '../../ports/tokens.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { findOrAddPolicy } from './batches/token-place.ts';
import { identify, openTokenFile, type ReadFile } from './read-location.ts';
import { assess, type HealthBasis } from './record-answer.ts';
import { settleClaim } from './settle-claim.ts';

export interface AddInput {
  /** A policy, or where one is to be found or created. */
  place: { policyId: string } | TokenPlace;
  bytes: Uint8Array;
  fileName: string | null;
  fingerprint: string;
  mode: Mode;
  takeOverFrom: string | null;
}

/**
 * Adds a token to a policy. Watching sends only reads. Managing sets our claim, and only if the location is free or the
 * person named its holder: the wish is stored first, then Apple is asked, then the outcome is stored.
 */
export async function addToken(
  deps: Deps,
  input: AddInput,
  actor: Actor,
  signal?: Abort,
): Promise<{ tokenId: string; claimed: boolean | null }> {
  const file = openTokenFile(deps, input.bytes, input.fileName);
  if (file.fingerprint !== input.fingerprint) throw new AppError('preview.stale', { reason: 'other-file' });
  const { policyId } = input.place;
  if (policyId !== null) await deps.store.read((view) => refuseOccupied(view, policyId));

  const location = deps.apple.openFile(file.text, null);
  const identity = await identify(deps, location, file, signal);
  const plan = planClaim(input.mode, identity.mdmInfo, deps.installationId, input.takeOverFrom);
  if (plan.do === 'refuse') throw new AppError(plan.code, { holder: plan.holder });

  const tokenId = deps.newId();
  const sealed = await deps.seal.seal(file.text, tokenPlace(tokenId, identity.uId));
  await deps.store.write((tx) =>
    insert(deps, tx, input, { id: tokenId, file, identity, sealed, claimWanted: plan.do === 'claim' }, actor),
  );
  const claimed = plan.do === 'nothing' ? null : await claimNow(deps, tokenId, actor, signal);
  // After the claim, so that the scan finds it settled. If the process dies before this, the schedule starts the scan.
  await deps.store.write(async (tx) => {
    const scan = await tx.scans.insertUnlessUnderWay({ id: tokenId, identity }, 'added', deps.now());
    if (scan.fresh) await tx.jobs.scan(scan.id);
  });
  return { tokenId, claimed };
}

async function claimNow(deps: Deps, tokenId: string, actor: Actor, signal?: Abort): Promise<boolean> {
  try {
    return await settleClaim(deps, tokenId, actor, signal);
  } catch (error) {
    // The token is stored and works; the claim stays wanted and is settled by the next scan or check.
    if (error instanceof AppleFailureError) return false;
    throw error;
  }
}

async function refuseOccupied(
  { policies }: Pick<View, 'policies'>,
  policyId: string,
): Promise<{ organizationId: string; organizationName: string; policyName: string }> {
  const organization = await policies.organizationOf(policyId);
  if (organization === null) throw new AppError('policy.not-found', { policyId });
  const tree = new PolicyTree(await policies.tree(organization.organizationId));
  const token = tree.effectiveToken(policyId);
  if (token?.source === 'own') throw new AppError('policy.holds-token', { tokenId: token.tokenId });
  if (token?.source === 'inherited')
    throw new AppError('policy.inherits-token', {
      policyId: token.holderId,
      policyName: tree.node(token.holderId)?.name,
    });
  return { ...organization, policyName: tree.node(policyId)?.name ?? '' };
}

async function insert(
  deps: Deps,
  tx: Tx,
  input: AddInput,
  found: { id: string; file: ReadFile; identity: Identity; sealed: string; claimWanted: boolean },
  actor: Actor,
): Promise<void> {
  const now = deps.now();
  const policyId =
    'policyName' in input.place ? await findOrAddPolicy(tx, input.place, actor, now) : input.place.policyId;
  const place = await refuseOccupied(tx, policyId);
  const holder = await tx.tokens.byLocation(found.identity.uId);
  if (holder !== null)
    throw new AppError('location.held', {
      tokenId: holder.id,
      locationName: nameOf(holder),
      organizationName: holder.organizationName,
      policyName: holder.policyName,
    });

  const agreedClaimId = agreedClaim(input, found.identity, deps.installationId);
  const token: NewToken = {
    id: found.id,
    organizationId: place.organizationId,
    policyId,
    identity: found.identity,
    sealed: found.sealed,
    fingerprint: found.file.fingerprint,
    fileName: found.file.name,
    mode: input.mode,
    agreedClaimId,
    claimWanted: found.claimWanted,
    addedBy: actor.name,
  };
  const claim = claimState(found.identity.mdmInfo, deps.installationId, agreedClaimId);
  const health = healthOfNew(deps, token, claim, now);
  await tx.tokens.insert(token, health, now);
  await tx.events.append(
    tokenEvent(
      token,
      {
        level: 'info',
        code: 'token.added',
        text: `The token was added to the policy “${place.policyName}”, to ${input.mode} the location.`,
        data: {
          mode: input.mode,
          fileName: found.file.name,
          expiresAt: found.identity.expiresAt?.toISOString() ?? null,
        },
      },
      actor,
    ),
    now,
  );
}

/** Who held the location when a person chose to watch beside it or to take it over: that holder is expected. */
function agreedClaim(input: AddInput, identity: Identity, installationId: string): string | null {
  if (input.mode === 'manage' && input.takeOverFrom === null) return null;
  return holderOf(identity.mdmInfo, installationId) === 'foreign' ? (identity.mdmInfo?.id ?? null) : null;
}

function healthOfNew(deps: Deps, token: NewToken, claim: TokenHealth['claim'], now: Date): TokenHealth {
  const facts = {
    identity: token.identity,
    state: 'healthy' as const,
    stateSince: now,
    failure: null,
    confirmed: false,
    refusedSince: null,
    definiteAt: now,
    checkedAt: now,
    successAt: now,
    claim,
  } satisfies HealthBasis;
  return assess(deps, facts, now, true);
}
