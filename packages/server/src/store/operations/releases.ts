import type { AppleFailure, Release, Releases } from '@winesap/core';
import type { Selectable, Transaction, Updateable } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

const UNDER_WAY = ['planned', 'sent', 'accepted'] as const;

export function createReleases(trx: Transaction<Tables>): Releases {
  const move = async (
    id: string,
    from: readonly Release['state'][],
    columns: Updateable<Tables['releases']>,
  ): Promise<boolean> => {
    const moved = await trx
      .updateTable('releases')
      .set(columns)
      .where('id', '=', id)
      .where('state', 'in', from)
      .executeTakeFirst();
    if (moved.numUpdatedRows === 0n) return false;
    await notifyLive(trx, { topic: 'release', id });
    return true;
  };
  return {
    async insertUnlessUnderWay({ tokenId, uId, assignment, assetName, requestedBy }, now) {
      const row = {
        location_uid: uId,
        adam_id: assignment.adamId,
        pricing_param: assignment.pricingParam,
        user_held: assignment.holderKind === 'user',
        holder: assignment.holder,
      };
      // One under way may end between the two statements: then look again.
      for (;;) {
        const inserted = await trx
          .insertInto('releases')
          .values({
            ...row,
            token_id: tokenId,
            asset_name: assetName,
            state: 'planned',
            requested_at: now,
            requested_by: requestedBy,
            look_at: now,
          })
          .onConflict((conflict) =>
            conflict
              .columns(['location_uid', 'adam_id', 'pricing_param', 'user_held', 'holder'])
              .where('state', 'in', UNDER_WAY)
              .doNothing(),
          )
          .returning('id')
          .executeTakeFirst();
        if (inserted !== undefined) {
          await notifyLive(trx, { topic: 'release', id: inserted.id });
          return { id: inserted.id, fresh: true };
        }
        let query = trx.selectFrom('releases').select('id').where('state', 'in', UNDER_WAY);
        for (const [column, value] of Object.entries(row) as [keyof typeof row, string][])
          query = query.where(column, '=', value);
        const underWay = await query.executeTakeFirst();
        if (underWay !== undefined) return { id: underWay.id, fresh: false };
      }
    },
    async byId(id) {
      const row = await trx.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : rowToRelease(row);
    },
    async byEvent(uId, eventId) {
      const row = await trx
        .selectFrom('releases')
        .selectAll()
        .where('location_uid', '=', uId)
        .where('event_id', '=', eventId)
        .executeTakeFirst();
      return row === undefined ? null : rowToRelease(row);
    },
    markSent: (id, now) => move(id, ['planned'], { state: 'sent', sent_at: now }),
    putBack: (id) => move(id, ['sent'], { state: 'planned', sent_at: null }),
    accepted: (id, eventId, now) => move(id, ['sent'], { state: 'accepted', event_id: eventId, accepted_at: now }),
    async takeLook(id, before, now) {
      const taken = await trx
        .updateTable('releases')
        .set({ asked_at: now })
        .where('id', '=', id)
        .where('state', 'in', UNDER_WAY)
        .where((eb) => eb.or([eb('asked_at', 'is', null), eb('asked_at', '<=', before)]))
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n;
    },
    async note(id, said) {
      await trx
        .updateTable('releases')
        .set({ failure: JSON.stringify(said) })
        .where('id', '=', id)
        .where('state', 'in', UNDER_WAY)
        .execute();
      await notifyLive(trx, { topic: 'release', id });
    },
    async lookAgainAt(id, at) {
      await trx.updateTable('releases').set({ look_at: at }).where('id', '=', id).execute();
    },
    finish: (id, outcome, now) =>
      move(
        id,
        UNDER_WAY,
        outcome.state === 'done'
          ? { state: 'done', finished_at: now, failure: null }
          : {
              state: 'failed',
              finished_at: now,
              failure_code: outcome.code,
              failure: outcome.apple === null ? null : JSON.stringify(outcome.apple),
            },
      ),
    async isNotified(uId) {
      const hook = await trx.selectFrom('hooks').select('state').where('location_uid', '=', uId).executeTakeFirst();
      return hook?.state === 'set';
    },
    async due(now) {
      const rows = await trx
        .selectFrom('releases')
        .select('id')
        .where('state', 'in', UNDER_WAY)
        .where('look_at', '<=', now)
        .orderBy('look_at')
        .limit(500)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function rowToRelease(row: Selectable<Tables['releases']>): Release {
  return {
    id: row.id,
    tokenId: row.token_id,
    uId: row.location_uid,
    assignment: {
      adamId: row.adam_id,
      pricingParam: row.pricing_param,
      holderKind: row.user_held ? 'user' : 'device',
      holder: row.holder,
    },
    assetName: row.asset_name,
    state: row.state,
    eventId: row.event_id,
    requestedBy: row.requested_by,
    sentAt: row.sent_at,
    acceptedAt: row.accepted_at,
    said: row.failure as AppleFailure | null,
  };
}
