import type { ListedPart, Staging } from '@winesap/core';
import { sql, type Transaction } from 'kysely';
import { addNewRows, addRows } from '../generations/add-rows.ts';
import { clearSlice } from '../generations/clear.ts';
import { showNext } from '../generations/show.ts';
import { tidySlice } from '../generations/tidy.ts';
import { assetNoOf, numbered } from '../licenses/assignment-rows.ts';
import { ASSIGNMENTS, lockAssignments } from '../licenses/assignment-table.ts';
import type { Tables } from '../tables.ts';
import { countUnlisted, removeUnlisted } from './remove-unlisted.ts';

export function createStaging(trx: Transaction<Tables>): Staging {
  const numberOf = async (uId: string) =>
    (await trx.selectFrom('locations').select('no').where('uid', '=', uId).executeTakeFirstOrThrow()).no;

  return {
    async clear(uId, after) {
      const lock = await lockAssignments(trx, uId);
      if (after === null) await trx.deleteFrom('assignment_overrides').where('location_no', '=', lock.no).execute();
      return clearSlice(trx, ASSIGNMENTS, lock, after);
    },
    async add(uId, rows) {
      if (rows.length === 0) return new Map();
      const lock = await lockAssignments(trx, uId);
      const { keys, keyOf } = await numbered(trx, uId, rows);
      const added = await addRows(trx, ASSIGNMENTS, lock, keys);
      return new Map([...added].map(([assetNo, count]) => [keyOf(assetNo), count]));
    },
    async addNew(uId, rows) {
      if (rows.length === 0) return 0;
      const lock = await lockAssignments(trx, uId);
      return addNewRows(trx, ASSIGNMENTS, lock, (await numbered(trx, uId, rows)).keys);
    },
    async keepMarks(uId, { marks, counts }) {
      if (marks.length === 0) return;
      await sql`insert into pass_marks (location_no, marks, counts)
        values (${await numberOf(uId)}, ${marks}, ${JSON.stringify(counts)}::jsonb)`.execute(trx);
    },
    async marks(uId) {
      const { rows } = await sql<ListedPart>`
        select marks, counts from pass_marks where location_no = ${await numberOf(uId)} order by no`.execute(trx);
      return rows;
    },
    async forgetMarks(uId) {
      await sql`delete from pass_marks where location_no = ${await numberOf(uId)}`.execute(trx);
    },
    countUnlisted: async (uId, list) => countUnlisted(trx, await lockAssignments(trx, uId), list),
    async removeUnlisted(uId, asset, list, after) {
      const lock = await lockAssignments(trx, uId);
      const assetNo = asset === null ? null : await assetNoOf(trx, uId, asset);
      return removeUnlisted(trx, lock, assetNo, list, after);
    },
    async outlook(uId) {
      const { held, coming, going } = await trx
        .selectFrom('locations')
        .select(['held', 'coming', 'going'])
        .where('uid', '=', uId)
        .executeTakeFirstOrThrow();
      return { held, after: held + coming - going };
    },
    async show(uId) {
      const lock = await lockAssignments(trx, uId);
      const held = await showNext(trx, ASSIGNMENTS, lock);
      await trx.deleteFrom('assignment_overrides').where('location_no', '=', lock.no).execute();
      return { assigned: lock.coming, unassigned: lock.going, held };
    },
    tidy: async (uId) => tidySlice(trx, ASSIGNMENTS, await lockAssignments(trx, uId)),
  };
}
