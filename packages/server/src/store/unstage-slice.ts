import { sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

const SLICE = 2000;

/**
 * Takes away what is staged of a location: all at once where nobody else has anything staged, so that no dead rows are
 * left for somebody to clean; else a slice. False when there is more.
 */
export async function unstageSlice(trx: Transaction<Tables>, no: number): Promise<boolean> {
  const before = await whoStaged(trx, no);
  if (!before.we) return true;
  if (!before.others && (await lockAlone(trx)) && !(await whoStaged(trx, no)).others) {
    await sql`truncate staged_assignments`.execute(trx);
    return true;
  }
  const deleted = await sql`
    delete from staged_assignments where ctid = any (array(
      select ctid from staged_assignments where location_no = ${no} limit ${SLICE}))`.execute(trx);
  return Number(deleted.numAffectedRows ?? 0n) < SLICE;
}

async function whoStaged(trx: Transaction<Tables>, no: number): Promise<{ we: boolean; others: boolean }> {
  const { rows } = await sql<{ we: boolean; others: boolean }>`
    select exists (select from staged_assignments where location_no = ${no}) as we,
      exists (select from staged_assignments where location_no < ${no})
        or exists (select from staged_assignments where location_no > ${no}) as others`.execute(trx);
  return rows[0] ?? { we: false, others: false };
}

/** Whether nobody else is writing there at this moment; then nobody begins to, until the transaction ends. */
async function lockAlone(trx: Transaction<Tables>): Promise<boolean> {
  await sql`savepoint alone`.execute(trx);
  try {
    await sql`lock table staged_assignments in access exclusive mode nowait`.execute(trx);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '55P03') throw error;
    await sql`rollback to savepoint alone`.execute(trx);
    return false;
  }
}
