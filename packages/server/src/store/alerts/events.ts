import type { Events } from '@winesap/core';
import type { Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

export function createEvents(trx: Transaction<Tables>): Events {
  return {
    async append(draft, now) {
      const { id } = await trx
        .insertInto('events')
        .values({
          at: now,
          level: draft.level,
          receiver_type: draft.receiverType,
          receiver_name: draft.receiverName,
          code: draft.code,
          text: draft.text,
          failure: draft.failure === null ? null : JSON.stringify(draft.failure),
          organization_id: draft.organizationId,
          policy_id: draft.policyId,
          token_id: draft.tokenId,
          actor_id: draft.actor?.personId ?? null,
          actor_name: draft.actor?.name ?? null,
          request_id: draft.actor?.requestId ?? null,
          data: JSON.stringify(draft.data),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const eventId = String(id);
      const { organizationId, policyId, tokenId } = draft;
      await notifyLive(trx, { topic: 'event', eventId, organizationId, policyId, tokenId });
      return eventId;
    },
    async deleteBefore(instant) {
      const result = await trx.deleteFrom('events').where('at', '<', instant).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
