import type { Channels } from '@winesap/core';
import type { Transaction } from 'kysely';
import { notifyLive } from '../live.ts';
import type { RowLocks } from '../row-locks.ts';
import type { Tables } from '../tables.ts';

export function createChannels(trx: Transaction<Tables>, locks: RowLocks = 'held'): Channels {
  const notifyChannel = (channelId: string) => notifyLive(trx, { topic: 'channel', channelId });
  return {
    async insert({ timing, report, ...channel }, now) {
      await trx
        .insertInto('channels')
        .values({
          ...channel,
          ...planColumns(timing, report),
          reported_at: report === null ? null : now,
          created_at: now,
        })
        .execute();
      await notifyChannel(channel.id);
    },
    async change(id, { timing, report, ...channel }, now) {
      await trx
        .updateTable('channels')
        .set((eb) => ({
          ...channel,
          ...planColumns(timing, report),
          // A report that was just enabled is due at its next time, not for past ones.
          reported_at: report === null ? null : eb.fn.coalesce('reported_at', eb.val(now)),
        }))
        .where('id', '=', id)
        .execute();
      await notifyChannel(id);
    },
    async delete(id) {
      const { numDeletedRows } = await trx.deleteFrom('channels').where('id', '=', id).executeTakeFirst();
      await notifyChannel(id);
      return numDeletedRows > 0n;
    },
    async byId(id) {
      const row = await trx
        .selectFrom('channels')
        .select(['id', 'kind', 'name', 'sealed', 'timing', 'report', 'disabled_at'])
        .where('id', '=', id)
        .$if(locks === 'held', (rows) => rows.forUpdate())
        .executeTakeFirst();
      if (row === undefined) return null;
      const { disabled_at, ...channel } = row;
      return { ...channel, disabled: disabled_at !== null };
    },
    async enabled() {
      return trx
        .selectFrom('channels')
        .select(['id', 'timing'])
        .where('disabled_at', 'is', null)
        .orderBy('id')
        .execute();
    },
    async disable(id, why, now) {
      await trx.updateTable('channels').set({ disabled_at: now, disabled_why: why }).where('id', '=', id).execute();
      await notifyChannel(id);
    },
    async enable(id) {
      await trx.updateTable('channels').set({ disabled_at: null, disabled_why: null }).where('id', '=', id).execute();
      await notifyChannel(id);
    },
    async reporting(now) {
      await trx.updateTable('channels').set({ reported_at: now }).where('reported_at', '>', now).execute();
      const rows = await trx
        .selectFrom('channels')
        .select(['id', 'timing', 'report', 'reported_at'])
        .where('report', 'is not', null)
        .where('disabled_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.flatMap(({ id, timing, report, reported_at }) =>
        report === null || reported_at === null ? [] : [{ id, timing, report, reportedAt: reported_at }],
      );
    },
    async setReported(id, now) {
      await trx.updateTable('channels').set({ reported_at: now }).where('id', '=', id).execute();
    },
  };
}

function planColumns(timing: object, report: object | null) {
  return { timing: JSON.stringify(timing), report: report === null ? null : JSON.stringify(report) };
}
