import type { RowCursor } from '@winesap/core';
import type { Transaction } from 'kysely';
import type { GenerationTable, LockedGeneration } from '../generations/generation-table.ts';
import type { Tables } from '../tables.ts';

/** Who holds what. Rows consist only of a key, because there are millions of them. */
export const ASSIGNMENTS: GenerationTable<RowCursor> = {
  rows: 'assignments',
  key: { assetNo: ['asset_no', 'integer'], userHeld: ['user_held', 'boolean'], holder: ['holder', 'text'] },
  values: {},
  states: { table: 'locations', no: 'no' },
  overrides: { table: 'assignment_overrides' },
  isSame: () => true,
};

/** Locked until the transaction ends, against all other changes of the location's assignments. */
export async function lockAssignments(trx: Transaction<Tables>, uId: string): Promise<LockedGeneration> {
  return trx
    .selectFrom('locations')
    .select(['no', 'generation', 'held', 'coming', 'going'])
    .where('uid', '=', uId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}
