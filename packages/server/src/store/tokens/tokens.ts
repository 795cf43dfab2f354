import type { Identity, TokenHealth, TokenRecord, Tokens } from '@winesap/core';
import type { Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { RowLocks } from '../row-locks.ts';
import type { Tables } from '../tables.ts';
import { refuseTaken } from '../violations.ts';
import { createDueTokens } from './due-tokens.ts';
import { rowToToken, selectTokens } from './token-row.ts';

export function createTokens(trx: Transaction<Tables>, locks: RowLocks = 'held'): Tokens {
  const notifyToken = async (id: string) => {
    const row = await trx
      .selectFrom('content_tokens')
      .select(['policy_id', 'organization_id'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row?.policy_id)
      await notifyLive(trx, {
        topic: 'token',
        tokenId: id,
        policyId: row.policy_id,
        organizationId: row.organization_id,
      });
  };
  const one = async (where: { id: string } | { uId: string }): Promise<TokenRecord | null> => {
    const query = selectTokens(trx)
      .where('content_tokens.removed_at', 'is', null)
      .$if(locks === 'held', (rows) => rows.forUpdate(['content_tokens']));
    const row = await ('id' in where
      ? query.where('content_tokens.id', '=', where.id)
      : query.where('content_tokens.location_uid', '=', where.uId)
    ).executeTakeFirst();
    return row === undefined ? null : rowToToken(row);
  };

  return {
    async insert(token, health, now) {
      await upsertLocation(trx, token.identity);
      const { id } = token;
      await refuseTaken(
        trx
          .insertInto('content_tokens')
          .values({
            id,
            organization_id: token.organizationId,
            policy_id: token.policyId,
            location_uid: token.identity.uId,
            sealed: token.sealed,
            fingerprint: token.fingerprint,
            file_name: token.fileName,
            mode: token.mode,
            agreed_claim_id: token.agreedClaimId,
            claim_wanted: token.claimWanted,
            // The caller that adds it starts the first scan; if that process dies before, the schedule does.
            next_scan_at: new Date(now.getTime() + 60_000),
            added_at: now,
            added_by: token.addedBy,
            ...identityColumns(token.identity, now),
            ...healthColumns(health),
          })
          .executeTakeFirstOrThrow(),
      );
      await notifyToken(id);
      await notifyLive(trx, { topic: 'tree', organizationId: token.organizationId });
    },
    byId: (id) => one({ id }),
    byLocation: (uId) => one({ uId }),
    async renew(id, expectedVersion, fresh, now) {
      await upsertLocation(trx, fresh.identity);
      const result = await trx
        .updateTable('content_tokens')
        .set((eb) => ({
          sealed: fresh.sealed,
          fingerprint: fresh.fingerprint,
          file_name: fresh.fileName,
          version: eb('version', '+', 1),
          renewed_at: now,
          renewed_by: fresh.by,
          ...identityColumns(fresh.identity, now),
        }))
        .where('id', '=', id)
        .where('version', '=', expectedVersion)
        .where('location_uid', '=', fresh.identity.uId)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      await notifyToken(id);
      return result.numUpdatedRows === 1n;
    },
    async setHealth(id, health) {
      await trx.updateTable('content_tokens').set(healthColumns(health)).where('id', '=', id).execute();
      await notifyToken(id);
    },
    async setIdentity(id, identity) {
      await upsertLocation(trx, identity);
      await trx
        .updateTable('content_tokens')
        .set((eb) => ({ ...identityColumns(identity, null), mdm_seen_at: eb.ref('checked_at') }))
        .where('id', '=', id)
        .execute();
      await notifyToken(id);
    },
    async setLeftOut(id, members) {
      await trx
        .updateTable('content_tokens')
        .set({ left_out: [...members] })
        .where('id', '=', id)
        .execute();
    },
    async noteConfigWrite(id) {
      await trx
        .updateTable('content_tokens')
        .set((eb) => ({ config_writes: eb('config_writes', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
    async setMode(id, mode, agreedClaimId, claimWanted) {
      await trx
        .updateTable('content_tokens')
        .set({ mode, agreed_claim_id: agreedClaimId, claim_wanted: claimWanted })
        .where('id', '=', id)
        .execute();
      await notifyToken(id);
    },
    async setExpiryDays(id, days) {
      await trx
        .updateTable('content_tokens')
        .set({ expiry_days: days === null ? null : [...days] })
        .where('id', '=', id)
        .execute();
      await notifyToken(id);
    },
    async setSynced(id, at, next) {
      await trx
        .updateTable('content_tokens')
        .set({ synced_at: at, next_scan_at: next.at, scan_every_ms: next.everyMs, scan_failures: 0 })
        .where('id', '=', id)
        .execute();
      await notifyToken(id);
    },
    async setScanFailed(id, failures, nextScanAt) {
      await trx
        .updateTable('content_tokens')
        .set({ scan_failures: failures, next_scan_at: nextScanAt })
        .where('id', '=', id)
        .execute();
    },
    async remove(id, now) {
      await notifyToken(id);
      await trx.updateTable('content_tokens').set({ removed_at: now, sealed: null }).where('id', '=', id).execute();
      // A policy without a token has nothing to pass on to its children.
      const row = await trx
        .updateTable('policies')
        .set({ token_inheritance: false })
        .where('id', '=', (eb) => eb.selectFrom('content_tokens').select('policy_id').where('id', '=', id))
        .returning('organization_id')
        .executeTakeFirst();
      if (row !== undefined) await notifyLive(trx, { topic: 'tree', organizationId: row.organization_id });
    },
    ...createDueTokens(trx),
  };
}

async function upsertLocation(trx: Transaction<Tables>, identity: Identity): Promise<void> {
  const known = {
    name: identity.locationName,
    country: identity.country,
    default_platform: identity.defaultPlatform,
    website_url: identity.websiteUrl,
  };
  const found = await trx.updateTable('locations').set(known).where('uid', '=', identity.uId).executeTakeFirst();
  if (found.numUpdatedRows > 0n) return;
  await trx
    .insertInto('locations')
    .values({ uid: identity.uId, ...known })
    .onConflict((conflict) => conflict.column('uid').doUpdateSet(known))
    .execute();
}

function identityColumns(identity: Identity, seenAt: Date | null) {
  return {
    organization_name: identity.organizationName,
    apple_id: identity.appleId,
    email: identity.email,
    apple_organization_id: identity.appleOrganizationId,
    expires_at: identity.expiresAt,
    mdm_id: identity.mdmInfo?.id ?? null,
    mdm_name: identity.mdmInfo?.name ?? null,
    mdm_metadata: identity.mdmInfo?.metadata ?? null,
    mdm_seen_at: seenAt,
  };
}

function healthColumns(health: TokenHealth) {
  return {
    state: health.state,
    state_since: health.stateSince,
    failure: health.failure === null ? null : JSON.stringify(health.failure),
    // A confirmed refusal dates from the last definite answer; silence since then does not confirm it again.
    failed_at: health.failure === null ? null : health.confirmed ? health.definiteAt : health.checkedAt,
    confirmed: health.confirmed,
    refused_since: health.refusedSince,
    definite_at: health.definiteAt,
    checked_at: health.checkedAt,
    success_at: health.successAt,
    next_check_at: health.nextCheckAt,
    claim: health.claim,
  };
}
