import type { Actor } from '../../domain/event.ts';
import { claimState } from '../../domain/locations/claim.ts';
import { type Identity, mergeAnswer } from '../../domain/locations/identity.ts';
import { tokenPlace } from '../../domain/seal-place.ts';
import { judgeRenewal } from '../../domain/tokens/renewal.ts';
import { AppError } from '../../errors.ts';
import type { Abort } from '../../ports/abort.ts';
import type { Deps } from '../../ports/deps.ts';
import type { Tx } from '../../ports/store.ts';
import type { TokenRecord } from '../../ports/tokens.ts';
import { nameOf, tokenEvent } from '../locations/token-event.ts';
import { sideOf } from './preview-renewal.ts';
import { identify, openTokenFile, type ReadFile } from './read-location.ts';
import { appendTransition, assess } from './record-answer.ts';

export interface RenewalInput {
  tokenId: string;
  bytes: Uint8Array;
  fileName: string | null;
  /** From the preview. */
  expectedVersion: number;
  fingerprint: string;
  acceptOlder: boolean;
}

/**
 * Replaces the old file with a new one after Apple has shown that it opens the same location. Sends two reads and no
 * write. A separate scan then reads the licenses in full.
 * Errors: preview.stale if the token or the file is not what the preview showed; the refusals of a renewal.
 */
export async function renewToken(
  deps: Deps,
  input: RenewalInput,
  actor: Actor,
  signal?: Abort,
): Promise<{ scanId: string }> {
  const file = openTokenFile(deps, input.bytes, input.fileName);
  const before = await deps.store.read((view) => view.tokens.byId(input.tokenId));
  if (before === null) throw new AppError('token.not-found', { tokenId: input.tokenId });
  refuseStale(before, input, file);

  const fresh = await identify(deps, deps.apple.openFile(file.text, before.identity.uId), file, signal);
  const verdict = judgeRenewal(sideOf(before), { ...fresh, fingerprint: file.fingerprint });
  if (verdict.verdict === 'refused') throw new AppError(verdict.code, mismatch(before, fresh));
  if (verdict.verdict === 'needs-consent' && !input.acceptOlder)
    throw new AppError(verdict.code, {
      storedExpiresAt: before.identity.expiresAt?.toISOString() ?? null,
      freshExpiresAt: fresh.expiresAt?.toISOString() ?? null,
    });

  const sealed = await deps.seal.seal(file.text, tokenPlace(before.id, before.identity.uId));
  return deps.store.write(async (tx) => {
    const now = deps.now();
    const identity = keepKnown(fresh, before.identity);
    const saved = await tx.tokens.renew(
      input.tokenId,
      input.expectedVersion,
      { identity, sealed, fingerprint: file.fingerprint, fileName: file.name, by: actor.name },
      now,
    );
    if (!saved) throw stale(await tx.tokens.byId(input.tokenId));

    await tx.events.append(renewedEvent(before, identity, file, actor), now);
    const renewed: TokenRecord = {
      ...before,
      identity,
      failure: null,
      confirmed: false,
      refusedSince: null,
      definiteAt: now,
      successAt: now,
      claim: claimState(identity.mdmInfo, deps.installationId, before.agreedClaimId),
    };
    const health = assess(deps, renewed, now, true);
    await tx.tokens.setHealth(before.id, health);
    await appendTransition(tx, renewed, before.state, health.state, null, actor, now);
    return { scanId: await startScan(tx, renewed, now) };
  });
}

/** A scan under way reads with the old file; it ends here and a new one begins. */
async function startScan(tx: Tx, token: TokenRecord, now: Date): Promise<string> {
  await tx.scans.supersede(token.identity.uId, 'scan.superseded', now);
  const scan = await tx.scans.insertUnlessUnderWay(token, 'renewal', now);
  await tx.jobs.scan(scan.id);
  return scan.id;
}

function refuseStale(token: TokenRecord, input: RenewalInput, file: ReadFile): void {
  if (token.version !== input.expectedVersion) throw stale(token);
  if (file.fingerprint !== input.fingerprint) throw new AppError('preview.stale', { reason: 'other-file' });
}

function stale(token: TokenRecord | null): AppError {
  return new AppError('preview.stale', {
    reason: token === null ? 'removed' : 'renewed',
    by: token?.renewedBy ?? null,
    at: token?.renewedAt?.toISOString() ?? null,
  });
}

/** Location data stays if Apple leaves it out; the account can differ with every file. */
function keepKnown(fresh: Identity, before: Identity): Identity {
  return {
    ...mergeAnswer(fresh, before),
    expiresAt: fresh.expiresAt,
    appleId: fresh.appleId,
    email: fresh.email,
    appleOrganizationId: fresh.appleOrganizationId ?? before.appleOrganizationId,
    organizationName: fresh.organizationName ?? before.organizationName,
  };
}

function mismatch(stored: TokenRecord, fresh: Identity) {
  return {
    stored: { uId: stored.identity.uId, locationName: nameOf(stored) },
    fresh: { uId: fresh.uId, locationName: fresh.locationName ?? fresh.uId },
  };
}

function renewedEvent(before: TokenRecord, fresh: Identity, file: ReadFile, actor: Actor) {
  const until = fresh.expiresAt === null ? '' : ` It now expires on ${fresh.expiresAt.toISOString().slice(0, 10)}.`;
  return tokenEvent(
    before,
    {
      level: 'info',
      code: 'token.renewed',
      text: `The token was renewed.${until} No assignment was changed.`,
      data: {
        fileName: file.name,
        appleIdChanged: before.identity.appleId !== fresh.appleId,
        expiresAt: fresh.expiresAt?.toISOString() ?? null,
      },
    },
    actor,
  );
}
