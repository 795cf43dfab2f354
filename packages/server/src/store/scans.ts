import type { ReadingKind, ScanProgress, ScanRecord, Scans } from '@winesap/core';
import type { Transaction } from 'kysely';
import { tell } from './live.ts';
import type { Tables } from './tables.ts';

const UNDER_WAY = ['queued', 'running'] as const;
/** A running scan that moved within this time is in another process's hands. */
const HANDS_OFF_MS = 60_000;

export function createScans(trx: Transaction<Tables>): Scans {
  return {
    async insertUnlessUnderWay(token, reason, now) {
      const inserted = await trx
        .insertInto('scans')
        .values({
          token_id: token.id,
          location_uid: token.identity.uId,
          reason,
          state: 'queued',
          queued_at: now,
          moved_at: now,
        })
        .onConflict((conflict) => conflict.column('location_uid').where('state', 'in', UNDER_WAY).doNothing())
        .returning('id')
        .executeTakeFirst();
      if (inserted !== undefined) {
        await tell(trx, { topic: 'scan', id: inserted.id });
        return { id: inserted.id, fresh: true };
      }
      const { id } = await trx
        .selectFrom('scans')
        .select('id')
        .where('location_uid', '=', token.identity.uId)
        .where('state', 'in', UNDER_WAY)
        .executeTakeFirstOrThrow();
      return { id, fresh: false };
    },
    async supersede(uId, code, now) {
      const ended = await trx
        .updateTable('scans')
        .set({ state: 'failed', failure_code: code, finished_at: now, moved_at: now })
        .where('location_uid', '=', uId)
        .where('state', 'in', UNDER_WAY)
        .returning('id')
        .execute();
      for (const { id } of ended) await tell(trx, { topic: 'scan', id });
    },
    async begin(id, now) {
      const row = await trx
        .updateTable('scans')
        .set((eb) => ({ state: 'running', started_at: eb.fn.coalesce('started_at', eb.val(now)), moved_at: now }))
        .where('id', '=', id)
        .where((eb) =>
          eb.or([
            eb('state', '=', 'queued'),
            eb.and([eb('state', '=', 'running'), eb('moved_at', '<', new Date(now.getTime() - HANDS_OFF_MS))]),
          ]),
        )
        .returning(['id', 'token_id', 'location_uid', 'reason', 'state'])
        .executeTakeFirst();
      if (row === undefined) return null;
      await tell(trx, { topic: 'scan', id });
      return { id: row.id, tokenId: row.token_id, uId: row.location_uid, reason: row.reason, state: row.state };
    },
    progress: (id, progress, now) => move(trx, id, { ...progressColumns(progress), moved_at: now }),
    async touch(id, now) {
      await trx
        .updateTable('scans')
        .set({ moved_at: now })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .execute();
    },
    succeed: (id, kind, progress, changes, now) =>
      move(trx, id, {
        ...progressColumns(progress),
        state: 'succeeded',
        kind,
        changes: JSON.stringify(changes),
        finished_at: now,
        moved_at: now,
      }),
    async fail(id, failure, now) {
      await move(trx, id, {
        state: 'failed',
        failure_code: failure.code,
        failure: failure.apple === null ? null : JSON.stringify(failure.apple),
        finished_at: now,
        moved_at: now,
      });
    },
    async putBack(id, now) {
      await trx
        .updateTable('scans')
        .set({ state: 'queued', moved_at: now })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .execute();
      await tell(trx, { topic: 'scan', id });
    },
    async abandoned(before) {
      const rows = await trx
        .updateTable('scans')
        .set({ state: 'queued' })
        .where('state', 'in', UNDER_WAY)
        .where('moved_at', '<=', before)
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

async function move(
  trx: Transaction<Tables>,
  id: string,
  columns: Partial<{
    state: ScanRecord['state'];
    moved_at: Date;
    finished_at: Date;
    failure_code: string;
    failure: string | null;
    changes: string;
    kind: ReadingKind;
  }> &
    Partial<ReturnType<typeof progressColumns>>,
): Promise<boolean> {
  const result = await trx
    .updateTable('scans')
    .set(columns)
    .where('id', '=', id)
    .where('state', 'in', UNDER_WAY)
    .executeTakeFirst();
  await tell(trx, { topic: 'scan', id });
  return result.numUpdatedRows === 1n;
}

function progressColumns(progress: ScanProgress) {
  return {
    requests: progress.requests,
    assets_done: progress.assetsDone,
    assets_total: progress.assetsTotal,
    assignments_done: progress.assignmentsDone,
    assignments_total: progress.assignmentsTotal,
  };
}
