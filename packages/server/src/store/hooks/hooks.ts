import type { AppleFailure, Hook, HookChange, Hooks } from '@winesap/core';
import { type Selectable, sql, type Transaction, type Updateable } from 'kysely';
import type { RowLocks } from '../row-locks.ts';
import type { Tables } from '../tables.ts';

export function createHooks(trx: Transaction<Tables>, locks: RowLocks = 'held'): Hooks {
  return {
    async of(uId) {
      const row = await trx
        .selectFrom('hooks')
        .selectAll()
        .where('location_uid', '=', uId)
        .$if(locks === 'held', (rows) => rows.forUpdate())
        .executeTakeFirst();
      return row === undefined ? null : rowToHook(row);
    },
    async byPath(path) {
      const row = await trx
        .selectFrom('hooks')
        .select(['location_uid', 'secret', 'secret_mark', 'next_secret', 'next_mark'])
        .where('path', '=', path)
        .executeTakeFirst();
      if (row === undefined) return null;
      const secrets = [{ sealed: row.secret, mark: row.secret_mark }];
      if (row.next_secret !== null && row.next_mark !== null)
        secrets.push({ sealed: row.next_secret, mark: row.next_mark });
      return { uId: row.location_uid, secrets };
    },
    async insert(hook, now) {
      await trx
        .insertInto('hooks')
        .values({
          location_uid: hook.uId,
          path: hook.path,
          secret: hook.secret,
          secret_mark: hook.secretMark,
          secret_at: now,
          state: 'wanted',
          shown: 'nothing',
        })
        .onConflict((conflict) => conflict.column('location_uid').doNothing())
        .execute();
    },
    async change(uId, change) {
      const columns = changedColumns(change);
      if (Object.keys(columns).length === 0) return;
      await trx.updateTable('hooks').set(columns).where('location_uid', '=', uId).execute();
    },
    async take(uId, until, now) {
      const taken = await trx
        .updateTable('hooks')
        .set({ busy_until: until })
        .where('location_uid', '=', uId)
        .where((eb) => eb.or([eb('busy_until', 'is', null), eb('busy_until', '<', now)]))
        .executeTakeFirst();
      return taken.numUpdatedRows === 1n;
    },
    async release(uId) {
      await trx.updateTable('hooks').set({ busy_until: null }).where('location_uid', '=', uId).execute();
    },
    async due(now) {
      const rows = await trx
        .selectFrom('hooks as h')
        .innerJoin('content_tokens as t', 't.location_uid', 'h.location_uid')
        .select('t.id')
        .where('h.next_try_at', '<=', now)
        .where('t.removed_at', 'is', null)
        .where('t.mode', '=', 'manage')
        .where('t.claim', '=', 'ours')
        .orderBy('h.next_try_at')
        .limit(500)
        .execute();
      return rows.map(({ id }) => id);
    },
    async refused(uId, times, loggedBefore, now) {
      const { rows } = await sql<{ is_news: boolean }>`
        with before as (select refusals_logged_at from hooks where location_uid = ${uId} for update)
        update hooks set refused = refused + ${times}, refused_at = ${now},
          refusals_logged_at = case when coalesce(before.refusals_logged_at < ${loggedBefore}, true) then ${now}
            else before.refusals_logged_at end
        from before where location_uid = ${uId}
        returning coalesce(before.refusals_logged_at < ${loggedBefore}, true) as is_news`.execute(trx);
      return rows[0]?.is_news ?? false;
    },
    async logged(uId, now) {
      await trx.updateTable('hooks').set({ logged_at: now }).where('location_uid', '=', uId).execute();
    },
    async loggedAt(uId) {
      const row = await trx.selectFrom('hooks').select('logged_at').where('location_uid', '=', uId).executeTakeFirst();
      return row?.logged_at ?? null;
    },
  };
}

function changedColumns(change: HookChange): Updateable<Tables['hooks']> {
  const { state, setAt, shown, wantedTypes, rotationWanted, next, secret, failure, retry } = change;
  return {
    ...(state !== undefined && { state }),
    ...(setAt !== undefined && { set_at: setAt }),
    ...(shown !== undefined && {
      shown: shown.address,
      shown_url: shown.url,
      shown_types: [...shown.types],
      shown_at: shown.at,
    }),
    ...(wantedTypes !== undefined && { wanted_types: [...wantedTypes.types], types_at: wantedTypes.at }),
    ...(rotationWanted !== undefined && { rotation_wanted: rotationWanted }),
    ...(next !== undefined && {
      next_secret: next?.secret ?? null,
      next_mark: next?.mark ?? null,
      next_at: next?.at ?? null,
    }),
    ...(secret !== undefined && { secret: secret.secret, secret_mark: secret.mark, secret_at: secret.at }),
    ...(failure !== undefined && {
      failure: failure === null ? null : JSON.stringify(failure.failure),
      failed_at: failure?.at ?? null,
    }),
    ...(retry !== undefined && { attempts: retry?.attempts ?? 0, next_try_at: retry?.at ?? null }),
  };
}

function rowToHook(row: Selectable<Tables['hooks']>): Hook {
  return {
    uId: row.location_uid,
    path: row.path,
    secret: row.secret,
    secretMark: row.secret_mark,
    secretAt: row.secret_at,
    next:
      row.next_secret === null || row.next_mark === null || row.next_at === null
        ? null
        : { secret: row.next_secret, mark: row.next_mark, at: row.next_at },
    rotationWanted: row.rotation_wanted,
    state: row.state,
    wantedTypes: row.wanted_types,
    typesAt: row.types_at,
    failure: row.failure as AppleFailure | null,
    attempts: row.attempts,
    nextTryAt: row.next_try_at,
  };
}
