import type { ReadingKind, ScanAttempt, ScanProgress, ScanRecord, Scans } from '@winesap/core';
import type { Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { Tables } from '../tables.ts';

const UNDER_WAY = ['queued', 'running'] as const;
/** A running scan that progressed within this time belongs to another process. */
const HANDS_OFF_MS = 30_000;

export function createScans(trx: Transaction<Tables>): Scans {
  return {
    async insertUnlessUnderWay(token, reason, now) {
      // One under way may end between the two statements, and another begin: then look again.
      for (;;) {
        const inserted = await insert(trx, token, reason, now);
        if (inserted !== null) return { id: inserted, fresh: true, stalled: false };
        const underWay = await trx
          .selectFrom('scans')
          .select(['id', 'moved_at'])
          .where('location_uid', '=', token.identity.uId)
          .where('state', 'in', UNDER_WAY)
          .executeTakeFirst();
        if (underWay === undefined) continue;
        const stalled = now.getTime() - underWay.moved_at.getTime() > HANDS_OFF_MS;
        return { id: underWay.id, fresh: false, stalled };
      }
    },
    async isUnderWay(uId) {
      const row = await trx
        .selectFrom('scans')
        .select('id')
        .where('location_uid', '=', uId)
        .where('state', 'in', UNDER_WAY)
        .executeTakeFirst();
      return row !== undefined;
    },
    async supersede(uId, code, now) {
      const ended = await trx
        .updateTable('scans')
        .set({ state: 'failed', failure_code: code, finished_at: now, moved_at: now })
        .where('location_uid', '=', uId)
        .where('state', 'in', UNDER_WAY)
        .returning('id')
        .execute();
      for (const { id } of ended) await notifyLive(trx, { topic: 'scan', id });
    },
    async begin(id, now) {
      const row = await trx
        .updateTable('scans')
        .set((eb) => ({
          state: 'running',
          attempt: eb('attempt', '+', 1),
          started_at: eb.fn.coalesce('started_at', eb.val(now)),
          moved_at: now,
        }))
        .where('id', '=', id)
        .where((eb) =>
          eb.or([
            eb('state', '=', 'queued'),
            eb.and([eb('state', '=', 'running'), eb('moved_at', '<', new Date(now.getTime() - HANDS_OFF_MS))]),
          ]),
        )
        .returning(['id', 'attempt', 'token_id', 'location_uid', 'reason', 'state', 'checkpoint'])
        .executeTakeFirst();
      if (row === undefined) return null;
      await notifyLive(trx, { topic: 'scan', id });
      const { attempt, reason, state, checkpoint } = row;
      return { id, attempt, tokenId: row.token_id, uId: row.location_uid, reason, state, checkpoint };
    },
    async hold({ id, attempt }) {
      const row = await trx
        .selectFrom('scans')
        .select('id')
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .where('state', 'in', UNDER_WAY)
        // The weakest lock that keeps others from taking over the scan: a request for a scan of the location does not
        // wait for it.
        .forNoKeyUpdate()
        .executeTakeFirst();
      return row !== undefined;
    },
    progress: (scan, progress, now) => move(trx, scan, { ...progressColumns(progress), moved_at: now }),
    async checkpoint({ id }, checkpoint) {
      const text = checkpoint === null ? null : JSON.stringify(checkpoint);
      await trx.updateTable('scans').set({ checkpoint: text }).where('id', '=', id).execute();
    },
    async touch({ id, attempt }, now) {
      const touched = await trx
        .updateTable('scans')
        .set({ moved_at: now })
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .where('state', '=', 'running')
        .executeTakeFirst();
      return touched.numUpdatedRows === 1n;
    },
    finish: (scan, { kind, discrepancy, changes }, progress, now) =>
      move(trx, scan, {
        ...progressColumns(progress),
        state: discrepancy === null ? 'succeeded' : 'doubtful',
        kind,
        discrepancy: discrepancy === null ? null : JSON.stringify(discrepancy),
        changes: JSON.stringify(changes.sums),
        asset_changes: JSON.stringify(changes.assets),
        finished_at: now,
        moved_at: now,
      }),
    fail: (scan, failure, now) =>
      move(trx, scan, {
        state: 'failed',
        failure_code: failure.code,
        failure: failure.apple === null ? null : JSON.stringify(failure.apple),
        finished_at: now,
        moved_at: now,
      }),
    async putBack({ id, attempt }, now) {
      await trx
        .updateTable('scans')
        .set({ state: 'queued', moved_at: now })
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .where('state', '=', 'running')
        .execute();
      await notifyLive(trx, { topic: 'scan', id });
    },
    async abandoned(since, now) {
      const rows = await trx
        .updateTable('scans')
        .set({ state: 'queued', moved_at: now })
        .where((eb) =>
          eb.or([
            eb.and([eb('state', '=', 'running'), eb('moved_at', '<=', since.running)]),
            eb.and([eb('state', '=', 'queued'), eb('moved_at', '<=', since.queued)]),
          ]),
        )
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

/** Returns a new queued scan; null if one is under way for the location. */
async function insert(
  trx: Transaction<Tables>,
  token: { id: string; identity: { uId: string } },
  reason: ScanRecord['reason'],
  now: Date,
): Promise<string | null> {
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
  if (inserted === undefined) return null;
  await notifyLive(trx, { topic: 'scan', id: inserted.id });
  return inserted.id;
}

/** Only for the attempt that owns the scan. */
async function move(
  trx: Transaction<Tables>,
  { id, attempt }: ScanAttempt,
  columns: Partial<{
    state: ScanRecord['state'];
    moved_at: Date;
    finished_at: Date;
    failure_code: string;
    failure: string | null;
    changes: string;
    asset_changes: string;
    kind: ReadingKind;
    discrepancy: string | null;
  }> &
    Partial<ReturnType<typeof progressColumns>>,
): Promise<boolean> {
  const result = await trx
    .updateTable('scans')
    .set(columns)
    .where('id', '=', id)
    .where('attempt', '=', attempt)
    .where('state', 'in', UNDER_WAY)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  await notifyLive(trx, { topic: 'scan', id });
  return true;
}

function progressColumns(progress: ScanProgress) {
  return {
    requests: progress.requests,
    assets_done: progress.assetsDone,
    assets_total: progress.assetsTotal,
    assignments_done: progress.assignmentsDone,
    assignments_total: progress.assignmentsTotal,
    users_done: progress.usersDone,
    users_total: progress.usersTotal,
  };
}
